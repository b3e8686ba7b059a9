"""Change requests of approved data: the list of one's own, one of them with old beside new, and taking it back."""

from collections.abc import Mapping
from typing import Any

from services.gateway.portal.answers import must
from services.gateway.portal.applicant.marks import heading
from services.gateway.portal.applicant.reading import ask_with_catalogues, catalogue_of, names_of
from services.gateway.portal.applicant.remarks import ids_of
from services.gateway.portal.applicant.values import FILES, shown
from services.gateway.portal.guards import for_applicants
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.refusals import Conflict, Missing, Unavailable
from shared.contracts.texts import _

Json = Mapping[str, Any]
OK, NOT_THERE, CONFLICT = 200, 404, 409
SHOWN = 50
TITLE = _("信息变更申请")
SENTENCE = _("这里显示一份信息变更申请的内容和审核结果，仅申请人本人登录后可见。")


@for_applicants
async def listed(visit: Visit) -> Shown:
    """Every request, the newest first, and where a new one may be made."""
    cursor = visit.query.get("cursor", "")
    asked = f"/change-requests?limit={SHOWN}" + (f"&cursor={cursor}" if cursor.isalnum() else "")
    requests, me = await ask_with_catalogues(visit, ("profile", asked), ("auth", "/me"))
    found = must(requests, "profile")
    rows = [await _row(visit, request) for request in found["items"]]
    programmes = [one for one in must(me, "auth")["programmes"] if one["status"] == "approved"]
    values = {"rows": rows, "programmes": programmes, "next_cursor": found["next_cursor"]}
    return Shown("applicant/changes.html", values)


async def one(visit: Visit) -> Shown:
    """One request. Who is not logged in is told what is behind the letter's link."""
    identifier = visit.identifier("record_id")
    if not visit.is_known:
        return Shown("stranger.html", {"title": TITLE, "sentence": SENTENCE})
    return await _one(visit, identifier)


async def _one(visit: Visit, identifier: str) -> Shown:
    """One's own request."""
    if visit.exchange.session is not None and visit.exchange.session.must_change_password:
        return go_to("/password")
    (reply,) = await ask_with_catalogues(visit, ("profile", f"/change-requests/{identifier}"))
    row = await _row(visit, must(reply, "profile"))
    return Shown("applicant/change.html", {"row": row, "filed": "filed" in visit.query})


@for_applicants
async def withdraw(visit: Visit) -> Shown:
    """Take a waiting request back."""
    identifier = visit.identifier("record_id")
    reply = await visit.ask("profile", "POST", f"/change-requests/{identifier}/withdrawal")
    if reply.status == OK:
        return go_to(f"/change-requests/{identifier}")
    if reply.status == CONFLICT:
        raise Conflict(str(reply.content["code"]), str(reply.content["detail"]))
    if reply.status == NOT_THERE:
        raise Missing
    raise Unavailable(members={"part": "profile"}, retry_after=3)


async def _row(visit: Visit, request: Json) -> Json:
    """A request with the words of its programme."""
    names = names_of(request)
    catalogue = await catalogue_of(visit, request["programme"])
    section = next((one for one in catalogue["sections"] if one["section"] == request["section"]), None)
    fields = {field["field"]: field for field in (section or {}).get("fields", ())}
    side = "new" if request["kind"] == "add" else "old"
    told = {change["field"]: change[side] for change in request["changes"]}
    return {
        **request,
        "programme_title": catalogue["title"],
        "section_title": section["title"] if section else request["section"],
        "heading": heading(list(fields.values()), told, names) if request["kind"] != "change" else [],
        "changes": [_change(fields.get(change["field"]), change, names) for change in request["changes"]],
    }


def _change(field: Json | None, change: Json, names: Mapping[str, str]) -> Json:
    """One field, old and new, as people read them."""
    if field is None:
        return {"title": change["field"], "old": change["old"], "new": change["new"], "scans": None}
    if field["type"] in FILES:
        scans = {side: ids_of(change[side]) for side in ("old", "new")}
        return {"title": field["title"], "old": None, "new": None, "scans": scans}
    sides = {side: shown(field, change[side], names) for side in ("old", "new")}
    return {"title": field["title"], "scans": None, **sides}
