"""The typeface of every drawing: Noto Sans CJK, simplified, from the wheel that brings it."""

from functools import cache
from importlib.resources import files

from PIL import ImageFont

LIGHT, REGULAR, MEDIUM, BOLD, BLACK = 300, 400, 500, 700, 900
_SIMPLIFIED = 2
"""Which face of the collection: after Japanese and Korean."""


@cache
def font(size: int, weight: int = REGULAR) -> ImageFont.FreeTypeFont:
    """The face in `size` pixels and a weight of 100 to 900."""
    path = files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"
    face = ImageFont.truetype(str(path), size, index=_SIMPLIFIED)
    face.set_variation_by_axes([weight])
    return face
