"""Entries of a repeated section: add, change, remove."""

from services.gateway.portal.applicant.drawn import NEW, section_page
from services.gateway.portal.applicant.reading import opened
from services.gateway.portal.applicant.saving import saved
from services.gateway.portal.guards import for_applicants
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.refusals import Conflict, Missing, Unavailable

NO_CONTENT, NOT_THERE, LOCKED = 204, 404, 409


@for_applicants
async def new(visit: Visit) -> Shown:
    """The section with an empty form."""
    page = await opened(visit, visit.parameters["programme"])
    if not page.section(visit.parameters["section"])["repeated"]:
        raise Missing
    return section_page(page, visit.parameters["section"], editing=NEW)


@for_applicants
async def edit(visit: Visit) -> Shown:
    """The section with one entry's form open."""
    page = await opened(visit, visit.parameters["programme"])
    entry_id = visit.identifier("entry_id")
    known = page.content(visit.parameters["section"]).get("entries", ()) if page.section(
        visit.parameters["section"]) else ()  # fmt: skip
    if entry_id not in {one["entry_id"] for one in known}:
        raise Missing
    return section_page(page, visit.parameters["section"], editing=entry_id)


@for_applicants
async def add(visit: Visit) -> Shown:
    """Save a new entry."""
    return await saved(visit, NEW)


@for_applicants
async def replace(visit: Visit) -> Shown:
    """Save an entry."""
    return await saved(visit, visit.identifier("entry_id"))


@for_applicants
async def remove(visit: Visit) -> Shown:
    """Take an entry away; one that is gone already is as good."""
    address = f"/profiles/{visit.parameters['programme']}/sections/{visit.parameters['section']}"
    path = f"{address}/entries/{visit.identifier('entry_id')}"
    reply = await visit.ask("profile", "DELETE", path)
    if reply.status == LOCKED:
        raise Conflict(str(reply.content["code"]), str(reply.content["detail"]))
    if reply.status not in {NO_CONTENT, NOT_THERE}:
        raise Unavailable(members={"part": "profile"}, retry_after=3)
    return go_to(address)
