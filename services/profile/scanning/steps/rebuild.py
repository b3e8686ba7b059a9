"""Step: make the copy that is served, anew and from pixels alone."""

import shutil

from services.profile.scanning import bounds, sheets
from services.profile.scanning.kinds import Kind
from services.profile.scanning.outcome import Cleaned
from services.profile.scanning.pictures import smaller
from services.profile.scanning.work import Did, Work

CLEANED_QUALITY = 88


def rebuild(work: Work) -> Did:
    """A picture becomes a JPEG in its full size; a PDF or a TIFF of many pages a PDF of page images."""
    if work.kind is Kind.PDF or len(work.pages) > 1:
        path = work.target / "cleaned.pdf"
        sheets.bind(work.page_images, path)
        work.cleaned = Cleaned(path, "application/pdf")
        return Did.DONE
    path = work.target / "cleaned.jpg"
    page = work.pages[0]
    if page.image is page.view:
        shutil.copyfile(work.page_images[0].path, path)
    else:
        smaller(page.image, bounds.CLEANED_SIDE).save(path, "JPEG", quality=CLEANED_QUALITY)
        page.image = page.view
    work.cleaned = Cleaned(path, "image/jpeg")
    return Did.DONE
