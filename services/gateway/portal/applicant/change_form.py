"""Asking for a change: choose the section, choose the entry, fill in the new content beside the old, send it."""

from collections.abc import Mapping
from typing import Any

from services.gateway.portal.answers import must, once_only
from services.gateway.portal.applicant.drawn import card, facts, scans_of
from services.gateway.portal.applicant.forming import form_field
from services.gateway.portal.applicant.forms import values_of
from services.gateway.portal.applicant.reading import Opened, opened
from services.gateway.portal.applicant.saving import PICKING, arranged, is_to_be_shown
from services.gateway.portal.applicant.values import differs
from services.gateway.portal.guards import for_applicants
from services.gateway.portal.uploads import form_of
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.refusals import Missing, Unavailable
from shared.contracts.texts import _
from shared.kit.ids import new_id

Json = Mapping[str, Any]
CREATED, NOT_THERE, BROKEN = 201, 404, 500
KINDS = frozenset({"change", "add", "remove"})
PROOF: Json = {
    "field": "proof",
    "type": "scans",
    "title": _("本次变更的证明材料"),
    "help": _("能证明新内容的材料，例如新的证书或文件"),
    "required": False,
    "choices": (),
    "max_length": None,
}
REASON: Json = {
    "field": "reason",
    "type": "long_text",
    "title": _("变更理由"),
    "help": None,
    "required": False,
    "choices": (),
    "max_length": 2000,
}


@for_applicants
async def form(visit: Visit) -> Shown:
    """The page of the step at hand: which section, which entry, or the form itself."""
    programme = visit.query.get("programme")
    if not programme:
        return await _which_programme(visit)
    page = await opened(visit, programme)
    slug, kind = visit.query.get("section", ""), visit.query.get("kind", "change")
    if not page.profile["can_change"]:
        return Shown("applicant/change_closed.html", {"opened": page})
    if not slug:
        return Shown("applicant/change_choose.html", {"opened": page, "sections": page.catalogue["sections"]})
    section, entry_id = page.section(slug), visit.query.get("entry") or None
    if kind not in KINDS:
        raise Missing
    if section["repeated"] and kind != "add" and entry_id is None:
        cards = [card(page, section, entry) for entry in page.content(slug)["entries"]]
        values = {"opened": page, "section": section, "cards": cards}
        return Shown("applicant/change_entry.html", values)
    return _form(page, section, kind, entry_id)


async def _which_programme(visit: Visit) -> Shown:
    """Go on with the programme whose data were approved; with the list where there is none."""
    me = must(await visit.ask("auth", "GET", "/me"), "auth")
    approved = [one["programme"] for one in me["programmes"] if one["status"] == "approved"]
    return go_to(f"/change-requests/new?programme={approved[0]}" if approved else "/change-requests")


def _held(page: Opened, section: Json, kind: str, entry_id: str | None) -> Json:
    """The approved values that shall change; Missing for an entry that is none."""
    content = page.content(section["section"])
    if kind == "add":
        return {}
    if not section["repeated"]:
        return dict(content["values"])
    found = next((one["values"] for one in content["entries"] if one["entry_id"] == entry_id), None)
    if found is None:
        raise Missing
    return dict(found)


def _form(
    page: Opened,
    section: Json,
    kind: str,
    entry_id: str | None,
    *,
    values: Json | None = None,
    problem: Json | None = None,
    picking: str | None = None,
    status: int = 200,
) -> Shown:
    """The old content beside the new; `picking`: the field for which one of the scans that are there is chosen."""
    held = _held(page, section, kind, entry_id)
    faults = [] if problem is None else list(problem.get("errors") or [{"message": problem.get("detail", "")}])
    now = held if values is None else values
    shown = {
        "opened": page,
        "section": section,
        "kind": kind,
        "entry_id": entry_id or "",
        "faults": faults,
        "key": str(new_id()),
        "rows": [
            {"field": form_field(page, one, now, faults, picking=picking),
             "old": facts(page, {**section, "fields": [one]}, held),
             "old_scans": scans_of(page, {**section, "fields": [one]}, held)}
            for one in (section["fields"] if kind != "remove" else ())
        ],
        "removed": facts(page, section, held) if kind == "remove" else [],
        "proof": form_field(page, PROOF, values or {}, faults, picking=picking),
        "reason": form_field(page, REASON, values or {}, faults),
    }  # fmt: skip
    return Shown("applicant/change_form.html", shown, status)


@for_applicants
async def send(visit: Visit) -> Shown:
    """Send the request; what is wrong comes back beside what was typed."""
    sent = await form_of(visit)
    page = await opened(visit, sent.fields.get("programme", ""), **(PICKING if "pick" in sent.fields else {}))
    section, kind = page.section(sent.fields.get("section", "")), sent.fields.get("kind", "change")
    entry_id = sent.fields.get("entry") or None
    if kind not in KINDS:
        raise Missing
    fields = [*(section["fields"] if kind != "remove" else ()), PROOF, REASON]
    values, faults = await values_of(visit, sent, fields)
    if is_to_be_shown(sent):
        typed, picking = arranged(values, sent), sent.fields.get("pick")
        problem = {"errors": faults} if faults else None
        return _form(page, section, kind, entry_id, values=typed, problem=problem, picking=picking)
    if faults:
        return _form(page, section, kind, entry_id, values=values, problem={"errors": faults}, status=422)
    body = _body(page, section, kind, entry_id, values)
    reply = await visit.ask("profile", "POST", "/change-requests", body, once_only(sent.fields))
    if reply.status == CREATED:
        return go_to(f"/change-requests/{reply.content['change_request_id']}?filed=1")
    if reply.status == NOT_THERE:
        raise Missing
    if reply.status >= BROKEN:
        raise Unavailable(members={"part": "profile"}, retry_after=3)
    return _form(page, section, kind, entry_id, values=values, problem=reply.content, status=reply.status)


def _body(page: Opened, section: Json, kind: str, entry_id: str | None, values: Json) -> dict[str, Any]:
    """The request as the API wants it: what stays as it is is left out."""
    held = _held(page, section, kind, entry_id)
    changes = {
        field["field"]: values.get(field["field"])
        for field in (section["fields"] if kind != "remove" else ())
        if differs(field, held.get(field["field"]), values.get(field["field"]))
    }
    body: dict[str, Any] = {"programme": page.programme, "section": section["section"], "kind": kind,
                            "changes": changes, "scans": values.get("proof", []),
                            "reason": values.get("reason", "")}  # fmt: skip
    return body | ({"entry_id": entry_id} if entry_id else {})
