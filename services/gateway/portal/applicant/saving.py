"""Saves a section or an entry, and shows what became of it: saved, wrong somewhere, or somebody was faster."""

from collections.abc import Mapping
from typing import Any

import orjson

from services.gateway.actions.ask import Reply
from services.gateway.portal.applicant.drawn import INVALID, section_page
from services.gateway.portal.applicant.forms import values_of
from services.gateway.portal.applicant.reading import Opened, catalogue_of, opened
from services.gateway.portal.uploads import Uploaded, form_of
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.refusals import Conflict, Missing, Unavailable
from shared.contracts.texts import _

Json = Mapping[str, Any]
CHANGED, BROKEN = 412, 500
SAVED = frozenset({200, 201})
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
    reply = await _send(visit, editing, values, form)
    if "autosave" in form.fields:
        return _told(reply, faults)
    if reply.status in SAVED and not faults:
        return go_to(_onward(visit, editing, form, reply))
    page = await opened(visit, programme)
    return _again(page, slug, editing, values, faults, reply)


async def _send(visit: Visit, editing: str | None, values: Json, form: Uploaded) -> Reply:
    """Save it: only while it is what the form was drawn from."""
    address = f"/profiles/{visit.parameters['programme']}/sections/{visit.parameters['section']}"
    if editing == "new":
        return await visit.ask("profile", "POST", f"{address}/entries", values)
    path = address if editing is None else f"{address}/entries/{editing}"
    etag = form.fields.get("etag", "")
    return await visit.ask("profile", "PUT", path, values, {"if-match": etag} if etag else None)


def _onward(visit: Visit, editing: str | None, form: Uploaded, reply: Reply) -> str:
    """Where to go after it was saved: the card, the next entry, or the next section."""
    address = f"/profiles/{visit.parameters['programme']}/sections/{visit.parameters['section']}"
    if form.fields.get("then") == "another":
        return f"{address}/entries/new"
    if form.fields.get("then") == "overview":
        return f"/profiles/{visit.parameters['programme']}?saved=1"
    if editing is None:
        return f"{address}?saved=1"
    return f"{address}?saved=1#entry-{reply.content['entry_id']}"


def _again(page: Opened, slug: str, editing: str | None, values: Json, faults: list[Json], reply: Reply) -> Shown:
    """The form once more with everything that was typed."""
    if reply.status == CHANGED:
        content = page.content(slug)
        theirs = content if editing is None else next(
            (one for one in content["entries"] if one["entry_id"] == editing), None
        )  # fmt: skip
        if theirs is None:
            raise Conflict("entry_gone", _("这一条已在别处删除，请返回栏目查看。"))
        return section_page(page, slug, editing=editing, values=values, etag=theirs["etag"], conflict=theirs,
                            status=CHANGED)  # fmt: skip
    problem = reply.content or {}
    if reply.status in SAVED:  # the values are saved, a file was not taken
        etag, made = str(problem.get("etag", "")), problem.get("entry_id", editing)
        return section_page(
            page, slug, editing=made, values=problem["values"], faults=faults, etag=etag, status=INVALID
        )
    if reply.status >= BROKEN:
        raise Unavailable(members={"part": "profile"}, retry_after=3)
    told = [*faults, *problem.get("errors", [])] or [{"message": problem.get("detail", "")}]
    return section_page(page, slug, editing=editing, values=values, faults=told, status=reply.status)


def _told(reply: Reply, faults: list[Json]) -> Shown:
    """What a script hears after saving by itself."""
    problem = reply.content or {}
    if reply.status in SAVED:
        said = {"etag": problem["etag"], "entry_id": problem.get("entry_id")}
    else:
        said = {"errors": [*faults, *problem.get("errors", [])], "detail": problem.get("detail")}
    return Shown(content=orjson.dumps(said), headers=JSON, status=reply.status)
