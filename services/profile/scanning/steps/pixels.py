"""Step: leave each page as bare pixels for the process that reads it."""

from services.profile.scanning import bounds
from services.profile.scanning.outcome import Pixels
from services.profile.scanning.pictures import smaller
from services.profile.scanning.work import Did, Work


def leave_pixels(work: Work) -> Did:
    """Write `page-001.rgb` and so on: red, green, blue, row after row, `bounds.READING_SIDE` at most."""
    for number, page in enumerate(work.pages, start=1):
        page.reading = image = smaller(page.view, bounds.READING_SIDE).convert("RGB")
        path = work.target / f"page-{number:03}.rgb"
        path.write_bytes(image.tobytes())
        work.pixels.append(Pixels(path, image.width, image.height))
    return Did.DONE
