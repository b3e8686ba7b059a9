"""The fine lines under a certificate: waves, rosettes and borders, as banknote engravers draw them."""

from collections.abc import Iterator
from math import cos, pi, sin

from PIL import Image, ImageDraw

from cli.demo.drawing.sheet import Box, Colour, Sheet

_FINE = 2
"""Lines are drawn this many times larger and shrunk, which makes them fine."""

Point = tuple[float, float]


def waves(sheet: Sheet, ink: Colour, *, lines: int = 46, swing: float = 26.0, strength: int = 70) -> None:
    """Cover the sheet with waves that run in and out of one another."""
    width, height = sheet.image.size

    def curves() -> Iterator[list[Point]]:
        for line in range(-4, lines + 4):
            base, phase = line * height / lines, line * 0.21
            yield [
                (x, base + swing * sin(x / 97 + phase) + swing / 2 * sin(x / 41 - phase * 1.7))
                for x in range(0, width + 8, 8)
            ]

    _engrave(sheet, curves(), ink, strength)


def rosette(sheet: Sheet, centre: Point, radius: float, ink: Colour, *, petals: int = 12, strength: int = 90) -> None:
    """Draw a rosette: circles whose radius swings, turned against one another."""

    def curves() -> Iterator[list[Point]]:
        for ring in range(14):
            size, turn = radius * (0.34 + 0.66 * ring / 13), ring * pi / 14
            yield [_on_petal(centre, size, petals, turn, step * pi / 180) for step in range(361)]

    _engrave(sheet, curves(), ink, strength)


def border(sheet: Sheet, margin: int, ink: Colour, *, breadth: int = 26) -> None:
    """Frame the sheet: two rules with a woven band between them."""
    width, height = sheet.image.size
    outer: Box = (margin, margin, width - margin, height - margin)
    inner: Box = (margin + breadth, margin + breadth, width - margin - breadth, height - margin - breadth)
    _engrave(sheet, _woven(outer, breadth), ink, 150)
    sheet.pen.rectangle(outer, outline=ink, width=4)
    sheet.pen.rectangle(inner, outline=ink, width=2)


def _woven(box: Box, breadth: int) -> Iterator[list[Point]]:
    left, top, right, bottom = box
    half, swing = breadth / 2, breadth / 2 - 4
    for phase in (0.0, pi / 2, pi, 3 * pi / 2):
        across = [(x, swing * sin(x / breadth * pi + phase)) for x in range(left, right, 2)]
        down = [(y, swing * sin(y / breadth * pi + phase)) for y in range(top, bottom, 2)]
        yield [(x, top + half + lift) for x, lift in across]
        yield [(x, bottom - half + lift) for x, lift in across]
        yield [(left + half + lift, y) for y, lift in down]
        yield [(right - half + lift, y) for y, lift in down]


def _on_petal(centre: Point, size: float, petals: int, turn: float, angle: float) -> Point:
    reach = size * (1 + 0.16 * sin(petals * angle + turn * petals))
    return centre[0] + reach * cos(angle), centre[1] + reach * sin(angle)


def _engrave(sheet: Sheet, curves: Iterator[list[Point]], ink: Colour, strength: int) -> None:
    width, height = sheet.image.size
    plate = Image.new("L", (width * _FINE, height * _FINE), 0)
    needle = ImageDraw.Draw(plate)
    for curve in curves:
        needle.line([(x * _FINE, y * _FINE) for x, y in curve], fill=strength, width=_FINE, joint="curve")
    mask = plate.resize((width, height), Image.Resampling.BOX)
    sheet.image.paste(Image.new("RGB", (width, height), ink), (0, 0), mask)
