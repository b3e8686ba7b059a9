"""Red seals: a ring with the name along it, a star in the middle, a line at the foot; the ink a little uneven."""

from functools import cache
from math import cos, pi, radians, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from cli.demo.drawing.fonts import BOLD, font

RED = (200, 22, 30)
_FINE = 2


@cache
def seal(name: str, foot: str = "", size: int = 300) -> Image.Image:
    """A round seal of `size` pixels with `name` along its ring; transparent where there is no ink."""
    full = size * _FINE
    ink = Image.new("L", (full, full), 0)
    pen, middle = ImageDraw.Draw(ink), full / 2
    pen.ellipse((6, 6, full - 6, full - 6), outline=255, width=full // 40)
    pen.polygon(star((middle, middle), full * 0.15), fill=255)
    _along_the_ring(ink, name, full)
    if foot:
        pen.text((middle, full * 0.77), foot, 255, font=font(full // 13, BOLD), anchor="mm")
    worn = ImageChops.multiply(ink, _wear(full, name)).resize((size, size), Image.Resampling.LANCZOS)
    stamped = Image.new("RGBA", (size, size), (*RED, 0))
    stamped.putalpha(worn)
    return stamped.rotate(Random(name).uniform(-5, 5), Image.Resampling.BICUBIC)  # noqa: S311 - a hand is never straight


def star(centre: tuple[float, float], radius: float) -> list[tuple[float, float]]:
    """The ten corners of a five-pointed star."""
    reach = (radius, radius * 0.382)
    corners = [(reach[n % 2], pi * n / 5 - pi / 2) for n in range(10)]
    return [(centre[0] + r * cos(a), centre[1] + r * sin(a)) for r, a in corners]


def _along_the_ring(ink: Image.Image, name: str, full: int) -> None:
    """Write the name along the upper part of the ring, each character upright towards the middle."""
    size = min(full // 8, int(full * 1.9 / max(len(name), 1)))
    span = min(270, len(name) * 27)
    step = span / max(len(name) - 1, 1)
    face, radius = font(size, BOLD), full * 0.385
    for at, character in enumerate(name):
        angle = -span / 2 + at * step if len(name) > 1 else 0
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size), character, 255, font=face, anchor="mm")
        turned = tile.rotate(-angle, Image.Resampling.BICUBIC)
        x = full / 2 + radius * sin(radians(angle)) - size
        y = full / 2 - radius * cos(radians(angle)) - size
        ink.paste(255, (int(x), int(y)), turned)


def _wear(full: int, name: str) -> Image.Image:
    """Where the ink took less well: soft clouds between three quarters and full strength."""
    chance = Random(name)  # noqa: S311 - the same seal wears the same
    grain = Image.frombytes("L", (24, 24), bytes(chance.randint(165, 255) for _ in range(24 * 24)))
    return grain.resize((full, full), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(3))
