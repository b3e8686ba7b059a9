"""Step: write what people look at, an image per page and one thumbnail."""

from pathlib import Path

from PIL import Image

from services.profile.scanning import bounds
from services.profile.scanning.outcome import PageImage
from services.profile.scanning.pictures import smaller
from services.profile.scanning.work import Did, Work

PAGE_QUALITY = 85
THUMBNAIL_QUALITY = 75


def draw_pages(work: Work) -> Did:
    """Write `page-001.jpg` and so on (`PAGE_SIDE` at most), and `thumbnail.jpg` of the first."""
    for number, page in enumerate(work.pages, start=1):
        page.view = smaller(page.image, bounds.PAGE_SIDE)
        page.small = smaller(page.view, bounds.SMALL_SIDE)
        page.grey = page.small.convert("L")
        work.page_images.append(_written(page.view, work.target / f"page-{number:03}.jpg", PAGE_QUALITY))
    thumbnail = smaller(work.pages[0].small, bounds.THUMBNAIL_SIDE)
    work.thumbnail = _written(thumbnail, work.target / "thumbnail.jpg", THUMBNAIL_QUALITY)
    return Did.DONE


def _written(image: Image.Image, path: Path, quality: int) -> PageImage:
    image.save(path, "JPEG", quality=quality)
    return PageImage(path, image.width, image.height)
