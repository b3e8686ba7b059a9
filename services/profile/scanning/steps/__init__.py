"""The steps of the pipeline, one module each, in the order in which they run; a new step is one line here."""

from services.profile.scanning.steps.blank import check_blank
from services.profile.scanning.steps.contents import note_contents
from services.profile.scanning.steps.decode import decode
from services.profile.scanning.steps.hashes import take_hashes
from services.profile.scanning.steps.identify import identify
from services.profile.scanning.steps.legibility import note_legibility
from services.profile.scanning.steps.limits import keep_limits
from services.profile.scanning.steps.pages import draw_pages
from services.profile.scanning.steps.photo import check_photo
from services.profile.scanning.steps.pixels import leave_pixels
from services.profile.scanning.steps.rebuild import rebuild
from services.profile.scanning.steps.strip import strip
from services.profile.scanning.steps.upright import turn_upright
from services.profile.scanning.work import Step

STEPS: tuple[Step, ...] = (
    Step("identify", identify),
    Step("limits", keep_limits),
    Step("contents", note_contents),
    Step("decode", decode),
    Step("upright", turn_upright),
    Step("strip", strip),
    Step("pages", draw_pages),
    Step("rebuild", rebuild),
    Step("hashes", take_hashes),
    Step("photo", check_photo, essential=False),
    Step("blank", check_blank, essential=False),
    Step("pixels", leave_pixels, essential=False),
    Step("legibility", note_legibility, essential=False),
)
