"""Step: advice on a portrait: in colour, upright, large enough (近期免冠正面彩色数码照片)."""

from PIL import Image, ImageChops

from services.profile.scanning.outcome import Check
from services.profile.scanning.work import Did, Work

SMALLEST_PHOTO = (240, 320)
"""Width and height in pixels: 一寸 (25 × 35 mm) printed at 230 dpi."""
_COLOURED = 16
"""How far apart red, green and blue of a field must be for it to have a colour."""
_ENOUGH_COLOUR = 0.02
_FIELDS = 64


def check_photo(work: Work) -> Did:
    """Check what was uploaded as `photo`; any other purpose is left alone."""
    if work.purpose != "photo":
        return Did.SKIPPED
    page = work.pages[0]
    work.checks += [_colour(page.view), _size(*page.shown)]
    return Did.DONE


def _colour(view: Image.Image) -> Check:
    coloured = view.mode == "RGB" and share_coloured(view) >= _ENOUGH_COLOUR
    if coloured:
        return Check("photo_colour", "passed", "photo_in_colour", page=1)
    return Check("photo_colour", "attention", "photo_not_in_colour", page=1)


def share_coloured(view: Image.Image) -> float:
    """The share (0 to 1) of a picture's fields that have a colour."""
    red, green, blue = view.resize((_FIELDS, _FIELDS), Image.Resampling.BOX).split()
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    counts = ImageChops.subtract(brightest, darkest).histogram()
    return sum(counts[_COLOURED:]) / sum(counts)


def _size(width: int, height: int) -> Check:
    if width >= height:
        return Check("photo_size", "attention", "photo_not_portrait", page=1)
    if width < SMALLEST_PHOTO[0] or height < SMALLEST_PHOTO[1]:
        return Check("photo_size", "attention", "photo_small", page=1)
    return Check("photo_size", "passed", "photo_large_enough", page=1)
