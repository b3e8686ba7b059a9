"""Entries of a repeated section: add, copy, change, remove, put back, put in order; or say that there are none."""

from collections.abc import Mapping
from typing import Any

from services.gateway.actions.ask import Reply
from services.gateway.portal.applicant.drawn import section_page
from services.gateway.portal.applicant.forming import BLANK, NEW, Typed
from services.gateway.portal.applicant.reading import Opened, opened
from services.gateway.portal.applicant.saving import moved, saved
from services.gateway.portal.applicant.sections import note_of
from services.gateway.portal.applicant.values import FILES
from services.gateway.portal.guards import for_applicants
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.refusals import Conflict, Missing, Unavailable

NOT_THERE, BROKEN = 404, 500
REFUSED = frozenset({409, 422})
YEAR = "year"


@for_applicants
async def new(visit: Visit) -> Shown:
    """The section with an empty form; with `from`, filled like that entry: a year later, its proofs left out."""
    page = await opened(visit, visit.parameters["programme"])
    if not page.section(visit.parameters["section"])["repeated"]:
        raise Missing
    came = _copied(page, visit.parameters["section"], visit.query["from"]) if "from" in visit.query else BLANK
    return section_page(page, visit.parameters["section"], editing=NEW, came=came, note=note_of(visit))


def _copied(page: Opened, slug: str, entry_id: str) -> Typed:
    """What a new entry takes over from one that is there; an unknown one gives nothing."""
    entry = next((one for one in page.content(slug)["entries"] if one["entry_id"] == entry_id), None)
    if entry is None:
        return BLANK
    plain = {field["field"] for field in page.section(slug)["fields"] if field["type"] not in FILES}
    values: dict[str, Any] = {name: value for name, value in entry["values"].items() if name in plain}
    return Typed(values | ({YEAR: values[YEAR] + 1} if isinstance(values.get(YEAR), int) else {}))


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
    """Take an entry away; one that is gone already is as good. The page that follows offers it back."""
    entry_id = visit.identifier("entry_id")
    _check(await visit.ask("profile", "DELETE", f"{_section(visit)}/entries/{entry_id}"), is_gone_well=True)
    return _back(visit, removed=entry_id)


@for_applicants
async def restore(visit: Visit) -> Shown:
    """Put back an entry that was just taken away."""
    entry_id = visit.identifier("entry_id")
    _check(await visit.ask("profile", "POST", f"{_section(visit)}/entries/{entry_id}/restoration"))
    return _back(visit, f"#entry-{entry_id}", restored=entry_id)


@for_applicants
async def arrange(visit: Visit) -> Shown:
    """Move an entry by one place: `move` is `entry:up`, or `down`."""
    entry_id, _, way = visit.form.get("move", "").partition(":")
    page = await opened(visit, visit.parameters["programme"])
    held = [one["entry_id"] for one in page.content(visit.parameters["section"]).get("entries", ())]
    if entry_id not in held:
        raise Missing
    body: Mapping[str, object] = {"entries": moved(held, entry_id, way)}
    _check(await visit.ask("profile", "PUT", f"{_section(visit)}/order", body))
    return _back(visit, f"#entry-{entry_id}", ordered=entry_id)


@for_applicants
async def declare_none(visit: Visit) -> Shown:
    """Say that there is nothing to declare in the section; with `none` empty, take that back."""
    none = bool(visit.form.get("none"))
    _check(await visit.ask("profile", "PUT" if none else "DELETE", f"{_section(visit)}/absence"))
    return _back(visit, **{"absent" if none else "present": "1"})


def _section(visit: Visit) -> str:
    """Where the section is, in the portal as in the API."""
    return f"/profiles/{visit.parameters['programme']}/sections/{visit.parameters['section']}"


def _back(visit: Visit, at: str = "", **note: str) -> Shown:
    """Back to the page that the button stood on: the section's own, or the one of all sections."""
    ((kind, value),) = note.items()
    if visit.form.get("page") == "personal":
        slug = visit.parameters["section"]
        address = f"/profiles/{visit.parameters['programme']}"
        return go_to(f"{address}?{kind}={value}&section={slug}{at or f'#fold-{slug}'}")
    return go_to(f"{_section(visit)}?{kind}={value}{at}")


def _check(reply: Reply, *, is_gone_well: bool = False) -> None:
    """Raise what profile refused, in its words."""
    if reply.status in REFUSED:
        raise Conflict(str(reply.content["code"]), str(reply.content["detail"]))
    if reply.status == NOT_THERE and not is_gone_well:
        raise Missing
    if reply.status >= BROKEN:
        raise Unavailable(members={"part": "profile"}, retry_after=3)
