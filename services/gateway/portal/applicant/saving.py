"""Saves a section or an entry, and shows what became of it: saved, wrong somewhere, or somebody was faster.

A form may also be sent to be shown once more: to choose among one's scans, or to put them into another order.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from services.gateway.actions.ask import Reply
from services.gateway.portal.applicant.drawn import INVALID, section_page
from services.gateway.portal.applicant.forming import Typed
from services.gateway.portal.applicant.forms import values_of
from services.gateway.portal.applicant.reading import Opened, catalogue_of, opened
from services.gateway.portal.uploads import Uploaded, form_of
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.refusals import Conflict, Missing, Unavailable
from shared.contracts.texts import _

Json = Mapping[str, Any]
LOCKED, CHANGED, BROKEN = 409, 412, 500
SAVED = frozenset({200, 201})
PICKING = {"scans": "/scans?limit=100"}
JSON = ((b"content-type", b"application/json"),)


async def saved(visit: Visit, editing: str | None) -> Shown:
    """Save what a form sent; with `autosave` among its fields the answer is for a script."""
    programme, slug = visit.parameters["programme"], visit.parameters["section"]
    form = await form_of(visit)
    catalogue = await catalogue_of(visit, programme)
    section = next((one for one in catalogue["sections"] if one["section"] == slug), None)
    if section is None or section["repeated"] != (editing is not None):
        raise Missing
    values, faults = await values_of(visit, form, section["fields"])
    if is_to_be_shown(form):
        page = await opened(visit, programme, **(PICKING if "pick" in form.fields else {}))
        came = Typed(arranged(values, form), faults, form.fields.get("etag"), picking=form.fields.get("pick"))
        return section_page(page, slug, editing=editing, came=came)
    reply = await send(visit, slug, editing, values, form)
    if "autosave" in form.fields:
        return _told(reply, faults)
    if reply.status in SAVED and not faults:
        return go_to(_onward(visit, editing, form, reply))
    page = await opened(visit, programme)
    return _again(page, slug, editing, Typed(values, faults, form.fields.get("etag")), reply)


def is_to_be_shown(form: Uploaded) -> bool:
    """Whether a form was sent to be shown once more, not to be saved."""
    return "pick" in form.fields or "move" in form.fields


def arranged(values: Json, form: Uploaded) -> Json:
    """The values with one scan moved by one place, where that was asked for: `move` is `field:scan:up`, or `down`."""
    name, _, rest = form.fields.get("move", "").partition(":")
    scan, _, way = rest.partition(":")
    held = list(values.get(name) or []) if isinstance(values.get(name), list) else []
    if scan not in held:
        return values
    return {**values, name: moved(held, scan, way)}


def moved(held: list[str], one: str, way: str) -> list[str]:
    """A list with one of its members moved by one place, `up` or down."""
    at = held.index(one)
    to = min(max(at + (-1 if way == "up" else 1), 0), len(held) - 1)
    left = [*held[:at], *held[at + 1 :]]
    return [*left[:to], one, *left[to:]]


async def send(visit: Visit, slug: str, editing: str | None, values: Json, form: Uploaded) -> Reply:
    """Save it: only while it is what the form was drawn from."""
    address = f"/profiles/{visit.parameters['programme']}/sections/{slug}"
    if editing == "new":
        return await visit.ask("profile", "POST", f"{address}/entries", values)
    path = address if editing is None else f"{address}/entries/{editing}"
    etag = form.fields.get("etag", "")
    return await visit.ask("profile", "PUT", path, values, {"if-match": etag} if etag else None)


def _onward(visit: Visit, editing: str | None, form: Uploaded, reply: Reply) -> str:
    """Where to go after it was saved: the card, the next entry, or the next section."""
    address = f"/profiles/{visit.parameters['programme']}/sections/{visit.parameters['section']}"
    if form.fields.get("then") == "another":
        return f"{address}/entries/new?saved=1#edit"
    if form.fields.get("then") == "overview":
        return f"/profiles/{visit.parameters['programme']}?saved=1"
    if editing is None:
        return f"{address}?saved=1"
    return f"{address}?saved=1#entry-{reply.content['entry_id']}"


def _again(page: Opened, slug: str, editing: str | None, came: Typed, reply: Reply) -> Shown:
    """The form once more with everything that was typed."""
    editing, came = judged(page, slug, editing, came, reply)
    status = INVALID if reply.status in SAVED else reply.status
    return section_page(page, slug, editing=editing, came=came, status=status)


def judged(page: Opened, slug: str, editing: str | None, came: Typed, reply: Reply) -> tuple[str | None, Typed]:
    """Which form is shown once more, and with what: after somebody was faster, or something was refused.

    Raises Unavailable where profile could not even judge it, Conflict where the draft or the entry is no longer there.
    """
    problem = reply.content or {}
    if reply.status == CHANGED:
        content = page.content(slug)
        theirs = content if editing is None else next(
            (one for one in content["entries"] if one["entry_id"] == editing), None
        )  # fmt: skip
        if theirs is None:
            raise Conflict("entry_gone", _("这一条已在别处删除，请返回栏目查看。"))
        return editing, replace(came, etag=theirs["etag"], conflict=theirs)
    if reply.status in SAVED:  # the values are saved, a file was not taken
        made = problem.get("entry_id", editing)
        return made, replace(came, values=problem["values"], etag=str(problem.get("etag", "")))
    if reply.status >= BROKEN:
        raise Unavailable(members={"part": "profile"}, retry_after=3)
    if reply.status == LOCKED:
        raise Conflict(str(problem["code"]), str(problem["detail"]))
    told = [*came.faults, *problem.get("errors", [])] or [{"message": problem.get("detail", "")}]
    return editing, replace(came, faults=told)


def _told(reply: Reply, faults: list[Json]) -> Shown:
    """What a script hears after saving by itself."""
    problem = reply.content or {}
    if reply.status in SAVED:
        said = {"etag": problem["etag"], "entry_id": problem.get("entry_id")}
    else:
        said = {"errors": [*faults, *problem.get("errors", [])], "detail": problem.get("detail")}
    return Shown(content=orjson.dumps(said), headers=JSON, status=reply.status)
