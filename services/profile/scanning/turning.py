"""Pages that lay on a side or on their head, turned upright after they were read; and pages made ready to be read."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from PIL import Image

from services.profile.scanning import bounds
from services.profile.scanning.outcome import Hashes, Outcome, PageImage, Pixels
from services.profile.scanning.pictures import smaller
from services.profile.scanning.steps.hashes import colour_grid, difference_hash
from services.profile.scanning.steps.pages import PAGE_QUALITY, THUMBNAIL_QUALITY

_TURNS: Final = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}


def turned(outcome: Outcome, turns: Sequence[int]) -> Outcome:
    """The outcome with its page images, its thumbnail and their hashes as they look upright.

    The copy for download stays as it came: only what is looked at in the portal is turned.
    """
    pages, hashes, thumbnail = list(outcome.pages), outcome.hashes, outcome.thumbnail
    looks = (list(hashes.pages), list(hashes.colours)) if hashes else ([], [])
    for at, turn in enumerate(turns[: len(pages)]):
        if turn not in _TURNS:
            continue
        with Image.open(pages[at].path, formats=("JPEG",)) as image:
            upright = image.transpose(_TURNS[turn])
        pages[at] = _written(upright, pages[at].path, PAGE_QUALITY)
        if hashes:
            looks[0][at], looks[1][at] = _looks(upright)
        if at == 0 and thumbnail:
            thumbnail = _written(smaller(upright, bounds.THUMBNAIL_SIDE), thumbnail.path, THUMBNAIL_QUALITY)
    kept = replace(hashes, pages=tuple(looks[0]), colours=tuple(looks[1])) if hashes else None
    return replace(outcome, pages=tuple(pages), thumbnail=thumbnail, hashes=kept, turns=tuple(turns))


def drawn(pages: Sequence[Path], thumbnail: Path) -> Outcome:
    """Page images that were drawn before, as an outcome with their sizes and looks."""
    images: list[PageImage] = []
    looks: list[tuple[str, str]] = []
    for path in pages:
        with Image.open(path, formats=("JPEG",)) as image:
            images.append(PageImage(path, image.width, image.height))
            looks.append(_looks(image))
    hashes = Hashes("", "", tuple(look for look, _colours in looks), tuple(colours for _look, colours in looks))
    with Image.open(thumbnail, formats=("JPEG",)) as small:
        preview = PageImage(thumbnail, small.width, small.height)
    return Outcome("ready", pages=tuple(images), thumbnail=preview, hashes=hashes)


def pixels_of(page: PageImage, folder: Path) -> Pixels:
    """A page image that we drew ourselves, as the OCR wants it."""
    with Image.open(page.path, formats=("JPEG",)) as image:
        small = smaller(image.convert("RGB"), bounds.READING_SIDE)
    path = folder / f"{page.path.stem}.rgb"
    path.write_bytes(small.tobytes())
    return Pixels(path, small.width, small.height)


def _looks(page: Image.Image) -> tuple[str, str]:
    """What the step `hashes` would say of it."""
    small = smaller(page, bounds.SMALL_SIDE)
    return difference_hash(small.convert("L")), colour_grid(small)


def _written(image: Image.Image, path: Path, quality: int) -> PageImage:
    image.save(path, "JPEG", quality=quality)
    return PageImage(path, image.width, image.height)
