"""Step: advice on a scan with nothing on it."""

from PIL import Image, ImageFilter

from services.profile.scanning.outcome import Check
from services.profile.scanning.work import Did, Work

_APART = 20
"""How far (of 255) a pixel must be from the paper to be ink."""
_LEAST_INK = 0.0003


def check_blank(work: Work) -> Did:
    """Ask for a look where every page is blank; an empty back among others is nobody's concern."""
    blank = all(share_of_ink(page.grey) < _LEAST_INK for page in work.pages)
    outcome = Check("blank", "attention", "looks_blank", page=1) if blank else Check("blank", "passed", "not_blank")
    work.checks.append(outcome)
    return Did.DONE


def share_of_ink(grey: Image.Image) -> float:
    """The share (0 to 1) of a page that differs from its paper, grain of the scanner aside."""
    counts = grey.filter(ImageFilter.BoxBlur(1)).histogram()
    paper = counts.index(max(counts))
    near = sum(counts[max(0, paper - _APART) : paper + _APART + 1])
    return 1 - near / sum(counts)
