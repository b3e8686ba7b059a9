"""The profile as a task list, and each section as a page of its own."""

from services.gateway.portal.applicant.drawn import personal_page, progress_of, section_page
from services.gateway.portal.applicant.marks import marks
from services.gateway.portal.applicant.reading import opened
from services.gateway.portal.applicant.saving import saved
from services.gateway.portal.guards import for_applicants
from services.gateway.portal.visit import Shown, Visit


@for_applicants
async def overview(visit: Visit) -> Shown:
    """The task list: how far each section is, what was remarked, and what to do next.

    Who was given an account fills in one page with folded sections, as the manual of such programmes tells.
    """
    page = await opened(visit, visit.parameters["programme"])
    if page.catalogue["accounts"] == "assigned":
        return personal_page(page, has_saved="saved" in visit.query)
    listed = marks(page)
    return Shown("applicant/overview.html", {"opened": page, "marks": listed, "progress": progress_of(listed)})


@for_applicants
async def section(visit: Visit) -> Shown:
    """A section: its entries as cards, or its form."""
    return section_page(await opened(visit, visit.parameters["programme"]), visit.parameters["section"])


@for_applicants
async def save(visit: Visit) -> Shown:
    """Save a single section."""
    return await saved(visit, None)
