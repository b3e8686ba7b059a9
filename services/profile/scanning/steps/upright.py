"""Step: turn each page the way that its camera said is up."""

from PIL import ImageOps

from services.profile.scanning.work import Did, Work


def turn_upright(work: Work) -> Did:
    """Apply EXIF orientation (CIPA DC-008, tag 0x0112); PDF pages come upright from their renderer.

    Metadata that cannot be read say nothing: the page stays as it is.
    """
    if work.picture is None:
        return Did.SKIPPED
    for page in work.pages:
        try:
            ImageOps.exif_transpose(page.image, in_place=True)
        except (OSError, SyntaxError, TypeError, ValueError, KeyError):
            continue
        page.shown = page.image.size if len(work.pages) == 1 else page.shown
    return Did.DONE
