"""Step: note why a page may be hard to read: too small, out of focus, too dark, too bright.

What is noted is no verdict yet: where the OCR reads a page well, nobody is asked for a better one. The flags give
the reason to what it cannot read.
"""

from PIL import Image, ImageFilter, ImageStat

from services.profile.scanning.work import Did, Work

_SHORTEST_SIDE = 480
"""Pixels of a page's shorter side, below which the print of a certificate is a blur."""
_SHARP = 170.0
"""The variance of the Laplacian below which a page of text is out of focus."""
_PAPER = 0.9
"""The share of a page that is no brighter than its paper."""
_DARK, _BRIGHT = 90, 252
_INK = 1000
_CONTRAST = 40
"""Of 255, between ink and paper."""
_LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def note_legibility(work: Work) -> Did:
    """Add the flags `small`, `blurred`, `dark` and `bright` for what the first page looks like."""
    page = work.pages[0]
    if min(page.shown) < _SHORTEST_SIDE:
        work.flags.add("small")
    if sharpness(page.reading) < _SHARP:
        work.flags.add("blurred")
    ink, paper = tones(page.grey)
    if paper < _DARK:
        work.flags.add("dark")
    elif ink > _BRIGHT - _CONTRAST:
        work.flags.add("bright")
    return Did.DONE


def sharpness(reading: Image.Image) -> float:
    """The variance of the Laplacian in the middle of a page, at the size at which it is read."""
    width, height = reading.size
    middle = reading.crop((width // 4, height // 4, width - width // 4, height - height // 4)).convert("L")
    return float(ImageStat.Stat(middle.filter(_LAPLACE)).var[0])


def tones(grey: Image.Image) -> tuple[int, int]:
    """How bright (0 to 255) the darkest thousandth of a page is, and its paper."""
    counts, total = grey.histogram(), grey.width * grey.height
    seen, ink = 0, 0
    for tone, count in enumerate(counts):
        seen += count
        if seen <= total // _INK:
            ink = tone
        if seen >= total * _PAPER:
            return ink, tone
    return ink, 255
