"""A portrait: a drawn figure, full face, in colour, on the plain ground of a passport photo."""

from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from cli.demo.drawing.sheet import Colour, Drawing
from cli.demo.people import Person

WIDTH, HEIGHT = 590, 826
"""Twice the pixels of a one-inch photo (295 by 413)."""

_FINE = 2
STEPS = 8
"""Into how many straight pieces a bent one is cut."""

Place = tuple[float, float]
_GROUNDS: tuple[Colour, ...] = ((67, 142, 219), (235, 240, 246), (196, 40, 46))
_SKINS: tuple[Colour, ...] = ((242, 208, 180), (234, 194, 162), (224, 182, 150))
_HAIRS: tuple[Colour, ...] = ((30, 26, 26), (42, 34, 30), (24, 22, 28))
_TIES: tuple[Colour, ...] = ((120, 30, 40), (40, 60, 120), (60, 70, 66))
_CLOTHES: tuple[Colour, ...] = ((38, 48, 72), (52, 54, 60), (70, 44, 52), (34, 66, 74))


class Figure:
    """The measures of one face, made by chance from the person, and a pen at twice the size."""

    def __init__(self, person: Person) -> None:
        chance = Random(person.seed)  # noqa: S311 - the same person has the same face
        self.woman = person.gender == "2"
        self.ground, self.skin = chance.choice(_GROUNDS), chance.choice(_SKINS)
        self.hair, self.cloth = chance.choice(_HAIRS), chance.choice(_CLOTHES)
        self.tie = chance.choice(_TIES)
        red, green, blue = self.skin
        self.blush = (red, green - 6, blue - 6)
        self.half = chance.uniform(0.188, 0.21) * (0.95 if self.woman else 1)
        self.chin = chance.uniform(0.6, 0.622)
        self.hair_ends = chance.choice((0.56, 0.66, 0.74))
        self.parting = chance.choice((-0.06, 0.05, 0.08))
        self.eye_gap = chance.uniform(0.08, 0.09)
        self.brow = chance.uniform(0.007, 0.011) * (0.6 if self.woman else 1)
        self.mouth = chance.uniform(0.06, 0.072)
        self.glasses = chance.random() < 0.3  # noqa: PLR2004 - three in ten
        self.image = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), self.ground)
        self.pen = ImageDraw.Draw(self.image)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place by fractions of the width from the middle line and of the height from the top."""
        return WIDTH * _FINE * (0.5 + x), HEIGHT * _FINE * y

    def oval(self, x: float, y: float, half: float, high: float, ink: Colour) -> None:
        """A filled oval around a place; `half` in widths, `high` in heights."""
        self.pen.ellipse((*self.at(x - half, y - high), *self.at(x + half, y + high)), fill=ink)

    def shape(self, corners: list[Place], ink: Colour) -> None:
        """A filled polygon."""
        self.pen.polygon([self.at(x, y) for x, y in corners], fill=ink)

    def curve(self, through: list[Place], ink: Colour) -> None:
        """A filled outline that runs smoothly through some places, the right half; the left mirrors it."""
        outline = through + [(-x, y) for x, y in reversed(through)]
        self.shape(rounded(outline), ink)

    def soften(self, radius: float) -> None:
        """Blur what is there, so that shading has no edge."""
        self.image = self.image.filter(ImageFilter.GaussianBlur(radius * _FINE))
        self.pen = ImageDraw.Draw(self.image)


@cache
def portrait(person: Person) -> Drawing:
    """The photo of a person: the same face each time, 590 by 826 pixels."""
    figure = Figure(person)
    _light(figure)
    _hair_behind(figure)
    _body(figure)
    _head(figure)
    figure.soften(3.2)
    _features(figure)
    figure.soften(0.9)
    _hair_before(figure)
    return Drawing(figure.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS))


def rounded(corners: list[Place]) -> list[Place]:
    """A closed outline that passes smoothly through its corners (Catmull-Rom)."""
    around = [corners[-1], *corners, *corners[:2]]
    outline: list[Place] = []
    for before, start, end, after in zip(around, around[1:], around[2:], around[3:], strict=False):
        for step in range(STEPS):
            x, y = (_bent(step / STEPS, *parts) for parts in zip(before, start, end, after, strict=True))
            outline.append((x, y))
    return outline


def _bent(t: float, before: float, start: float, end: float, after: float) -> float:
    slope, turn = end - before, 2 * before - 5 * start + 4 * end - after
    return 0.5 * (2 * start + slope * t + turn * t**2 + (3 * start - 3 * end + after - before) * t**3)


def shaded(colour: Colour, by: float) -> Colour:
    """A colour darker (below 1) or lighter (above 1)."""
    red, green, blue = (max(0, min(255, int(part * by))) for part in colour)
    return red, green, blue


def _light(figure: Figure) -> None:
    for step in range(40):
        figure.oval(0, 0.5, 0.75 - step * 0.014, 0.72 - step * 0.014, shaded(figure.ground, 0.94 + step * 0.0022))


def _hair_behind(figure: Figure) -> None:
    if figure.woman:
        side, end = figure.half + 0.055, figure.hair_ends
        figure.curve(
            [(0.07, 0.132), (side - 0.06, 0.17), (side, 0.3), (side + 0.012, 0.45), (side, end), (0.06, end + 0.01)],
            figure.hair,
        )


def _body(figure: Figure) -> None:
    neck = shaded(figure.skin, 0.88)
    figure.shape([(-0.095, 0.52), (0.095, 0.52), (0.125, 0.76), (-0.125, 0.76)], neck)
    figure.curve([(0.1, 0.705), (0.24, 0.75), (0.4, 0.81), (0.475, 0.9), (0.51, 1.02), (0.2, 1.04)], figure.cloth)
    figure.shape([(-0.115, 0.69), (0.115, 0.69), (0.0, 0.92)], (246, 246, 248))
    figure.curve([(0.08, 0.66), (0.083, 0.7), (0.045, 0.765), (0.012, 0.79)], neck)
    for side in (-1, 1):
        lapel = [
            (side * 0.112, 0.685),
            (side * 0.2, 0.74),
            (side * 0.17, 0.83),
            (side * 0.012, 1.0),
            (side * 0.004, 0.91),
        ]
        figure.shape(lapel, shaded(figure.cloth, 0.78))
    if not figure.woman:
        figure.shape(
            [(-0.03, 0.785), (0.03, 0.785), (0.024, 0.82), (0.05, 1.0), (-0.05, 1.0), (-0.024, 0.82)], figure.tie
        )


def _head(figure: Figure) -> None:
    half, chin = figure.half, figure.chin
    figure.oval(0, 0.62, 0.09, 0.035, shaded(figure.skin, 0.8))
    for side in (-1, 1):
        figure.oval(side * half, 0.405, 0.03, 0.042, shaded(figure.skin, 0.9))
    face = [
        (0.06, 0.182),
        (half - 0.04, 0.22),
        (half, 0.32),
        (half - 0.002, 0.43),
        (half - 0.025, 0.51),
        (0.1, chin - 0.035),
        (0.042, chin),
    ]
    figure.curve(face, figure.skin)
    for side in (-1, 1):
        figure.oval(side * 0.115, 0.48, 0.048, 0.028, shaded(figure.blush, 0.985))
        figure.oval(side * figure.eye_gap, 0.395, 0.062, 0.026, shaded(figure.skin, 0.955))
    figure.oval(0.012, 0.43, 0.02, 0.05, shaded(figure.skin, 0.955))
    figure.oval(0, 0.482, 0.036, 0.012, shaded(figure.skin, 0.93))
    figure.oval(0, 0.556, 0.045, 0.007, shaded(figure.skin, 0.92))


def _features(figure: Figure) -> None:
    dark = shaded(figure.hair, 1.3)
    for side in (-1, 1):
        x, brow = side * figure.eye_gap, figure.brow
        arch = [(x - side * 0.048, 0.362), (x - side * 0.01, 0.353 - brow), (x + side * 0.038, 0.351 - brow / 2)]
        figure.shape(
            rounded([*arch, (x + side * 0.06, 0.362), (x + side * 0.03, 0.359), (x - side * 0.01, 0.361)]), dark
        )
        _eye(figure, x, dark)
        figure.oval(side * 0.018, 0.482, 0.0085, 0.0045, shaded(figure.skin, 0.66))
    lips = (194, 96, 98) if figure.woman else (192, 130, 116)
    wide = figure.mouth
    figure.curve([(0.0, 0.527), (0.018, 0.523), (wide * 0.6, 0.527), (wide, 0.534), (0.02, 0.537)], shaded(lips, 0.88))
    figure.curve([(0.02, 0.535), (wide * 0.9, 0.534), (wide * 0.55, 0.546), (0.02, 0.55)], lips)
    if figure.glasses:
        _glasses(figure)


def _eye(figure: Figure, x: float, dark: Colour) -> None:
    white = [
        (x - 0.043, 0.4),
        (x - 0.02, 0.3895),
        (x + 0.015, 0.389),
        (x + 0.043, 0.399),
        (x + 0.015, 0.4075),
        (x - 0.02, 0.4075),
    ]
    figure.shape(rounded(white), (248, 246, 243))
    figure.oval(x, 0.3985, 0.0165, 0.0108, (58, 38, 28))
    figure.oval(x, 0.3985, 0.008, 0.0055, (12, 9, 8))
    figure.oval(x + 0.005, 0.395, 0.0038, 0.0027, (255, 255, 255))
    lid = [figure.at(*place) for place in rounded(white)[: 3 * STEPS + 1]]
    figure.pen.line(lid, fill=dark, width=(5 if figure.woman else 4) * _FINE, joint="curve")


def _glasses(figure: Figure) -> None:
    frame_ink = (44, 44, 50)
    for side in (-1, 1):
        x = side * figure.eye_gap
        frame = (*figure.at(x - 0.068, 0.374), *figure.at(x + 0.068, 0.43))
        figure.pen.rounded_rectangle(frame, radius=20 * _FINE, outline=frame_ink, width=4 * _FINE)
        figure.pen.line(
            [figure.at(x + side * 0.068, 0.395), figure.at(side * figure.half, 0.392)], fill=frame_ink, width=4 * _FINE
        )
    figure.pen.line([figure.at(-0.02, 0.396), figure.at(0.02, 0.396)], fill=frame_ink, width=4 * _FINE)


def _hair_before(figure: Figure) -> None:
    """The crown and the fringe, parted at one side."""
    half, part = figure.half, figure.parting
    crown = [
        (-half - 0.012, 0.37),
        (-half - 0.026, 0.27),
        (-half + 0.02, 0.165),
        (-0.06, 0.12),
        (0.06, 0.12),
        (half - 0.02, 0.165),
        (half + 0.026, 0.27),
        (half + 0.012, 0.37),
    ]
    low = 0.335 if figure.woman else 0.315
    fringe = [
        (half - 0.012, low),
        (half - 0.045, 0.268),
        (part + 0.07, 0.243),
        (part, 0.228),
        (part - 0.09, 0.25),
        (-half + 0.04, 0.28),
        (-half + 0.012, low),
    ]
    figure.shape(rounded([*crown, *fringe]), figure.hair)
    shine = [(-0.09, 0.165), (0.02, 0.148), (0.1, 0.168), (0.02, 0.16)]
    figure.shape(rounded(shine), shaded(figure.hair, 1.7))
