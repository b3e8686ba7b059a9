"""The profile as a task list, and each section as a page of its own."""

from services.gateway.portal.applicant.drawn import progress_of, section_page, tiers_ahead
from services.gateway.portal.applicant.forming import Typed
from services.gateway.portal.applicant.marks import marks
from services.gateway.portal.applicant.personal import personal_page
from services.gateway.portal.applicant.reading import opened
from services.gateway.portal.applicant.remarks import placed
from services.gateway.portal.applicant.saving import saved
from services.gateway.portal.guards import for_applicants
from services.gateway.portal.visit import Shown, Visit

NOTES = ("saved", "removed", "restored", "ordered", "absent", "present")
"""What was just done, as the address tells it."""


@for_applicants
async def overview(visit: Visit) -> Shown:
    """The task list: how far each section is, what was remarked, and what to do next.

    Who was given an account fills in one page with folded sections, as the manual of such programmes tells.
    """
    page = await opened(visit, visit.parameters["programme"])
    if page.catalogue["accounts"] == "assigned":
        came = {key: Typed() for key in visit.query.all("open")}
        return personal_page(page, came, done=visit.query.all("saved"), note=note_of(visit))
    listed = marks(page)
    remarks = placed(page.catalogue, page.profile["remarks"], page.profile["sections"])
    values = {
        "opened": page,
        "marks": listed,
        "progress": progress_of(listed),
        "remarks": remarks,
        "ahead": tiers_ahead(page),
    }
    return Shown("applicant/overview.html", values)


@for_applicants
async def section(visit: Visit) -> Shown:
    """A section: its entries as cards, or its form."""
    page = await opened(visit, visit.parameters["programme"])
    return section_page(page, visit.parameters["section"], note=note_of(visit))


def note_of(visit: Visit) -> dict[str, str] | None:
    """What was just done, where the address tells of it."""
    kind = next((one for one in NOTES if one in visit.query), None)
    if kind is None:
        return None
    return {"kind": kind, "value": visit.query[kind][:100], "section": visit.query.get("section", "")[:100]}


@for_applicants
async def save(visit: Visit) -> Shown:
    """Save a single section."""
    return await saved(visit, None)
