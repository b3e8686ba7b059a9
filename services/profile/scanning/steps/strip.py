"""Step: leave nothing of a page but its pixels, in colours that every screen shows."""

from services.profile.scanning.colours import to_srgb
from services.profile.scanning.work import Did, Work


def strip(work: Work) -> Did:
    """To sRGB or grey, eight bits; EXIF, GPS, XMP, comments, profiles and all else beside it are gone."""
    work.picture = None
    for page in work.pages:
        page.image = to_srgb(page.image, page.icc)
        page.image.info = {}
        page.icc = None
    return Did.DONE
