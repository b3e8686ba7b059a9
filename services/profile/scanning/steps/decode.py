"""Step: turn the bytes into pages of pixels."""

from collections.abc import Iterator

from PIL import Image

from services.profile.scanning import bounds, sheets
from services.profile.scanning.colours import to_srgb
from services.profile.scanning.kinds import Kind
from services.profile.scanning.pictures import frames, smaller
from services.profile.scanning.work import Did, Page, Work


def decode(work: Work) -> Did:
    """Decode every page: a picture as a whole; pages of a PDF or long TIFF at the size that people see.

    Of what moves (WebP, PNG) the first picture counts.
    """
    if work.kind is Kind.PDF:
        work.pages = [Page(image, shown=image.size) for image in sheets.render(work.source)]
        return Did.DONE
    if work.picture is None:
        return Did.SKIPPED
    if work.kind is Kind.TIFF:
        work.pages = list(_tiff_pages(work.picture))
        return Did.DONE
    if getattr(work.picture, "is_animated", False) and work.kind in {Kind.WEBP, Kind.PNG}:
        work.flags.add("animated")
    work.pages = [_decoded(work.picture)]
    return Did.DONE


def _decoded(picture: Image.Image) -> Page:
    picture.load()
    icc = picture.info.get("icc_profile")
    return Page(picture, icc if isinstance(icc, bytes) else None, picture.size)


def _tiff_pages(picture: Image.Image) -> Iterator[Page]:
    """One page stays whole; of many each is made small before the next is decoded."""
    if sum(1 for _ in frames(picture)) == 1:
        next(frames(picture))
        yield _decoded(picture)
        return
    for frame in frames(picture):
        page = _decoded(frame)
        image = smaller(to_srgb(frame.copy(), page.icc), bounds.PAGE_SIDE)
        yield Page(image, shown=frame.size)
