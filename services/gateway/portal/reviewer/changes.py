"""Change requests: the list, and one with the old content beside the new, to be decided."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.gateway.portal.answers import Json, accepted, items, must, once_only
from services.gateway.portal.applicant.reading import names_of
from services.gateway.portal.applicant.values import FILES, shown
from services.gateway.portal.guards import for_reviewers, guarded
from services.gateway.portal.reviewer.filters import STATES, address
from services.gateway.portal.reviewer.frame import DESK, frame
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.texts import _
from shared.kit.ids import new_id

TO_REVIEW = (_("待审核的变更申请"), _("这里显示一份信息变更申请，仅经办单位的审核人员登录后可见。"))
LIMIT = 50


@for_reviewers
async def change_requests(visit: Visit) -> Shown:
    """The list: those that wait, those decided, all."""
    state = visit.query["state"] if visit.query.get("state") in STATES else "waiting"
    path = address("/review/change-requests", {"state": state}, limit=str(LIMIT), cursor=visit.query.get("cursor"))
    listed, programmes, office = await visit.ask_all(("review", path), ("profile", "/programmes"), DESK)
    page = must(listed)
    values = frame(visit, office, "changes") | {
        "requests": page.get("items", []),
        "more": page.get("next_cursor"),
        "state": state,
        "titles": _titles(items(programmes)),
    }
    return Shown("reviewer/change_requests.html", values)


@guarded("reviewer", TO_REVIEW)
async def change_request(visit: Visit) -> Shown:
    """One of them."""
    return await _one(visit)


async def _one(visit: Visit, problem: Json | None = None, status: int = 200) -> Shown:
    """The page of one; with `problem`, what was wrong with its decision."""
    found, programmes, office = await visit.ask_all(
        ("review", f"/review/change-requests/{visit.identifier('change_request_id')}"),
        ("profile", "/programmes"),
        DESK,
    )
    record = must(found)
    values = frame(visit, office, "changes") | {
        "record": record,
        "rows": _rows(record, items(programmes)),
        "titles": _titles(items(programmes)),
        "problem": problem,
        "comment": visit.form.get("comment", ""),
        "key": str(new_id()),
    }
    return Shown("reviewer/change_request.html", values, status)


@for_reviewers
async def decide(visit: Visit) -> Shown:
    """Approve or reject it."""
    verdict = "reject" if visit.form.get("decision") == "reject" else "approve"
    comment = visit.form.get("comment", "").strip()
    body = {"decision": verdict} | ({"comment": comment} if comment else {})
    path = f"/review/change-requests/{visit.identifier('change_request_id')}/decision"
    reply = await visit.ask("review", "POST", path, body, once_only(visit.form))
    if accepted(reply):
        return go_to(f"/review/change-requests?done=change-{verdict}")
    return await _one(visit, reply.content or {}, reply.status)


def _titles(programmes: Sequence[Json]) -> dict[tuple[str, str], Any]:
    """The titles of programmes and of their sections."""
    found: dict[tuple[str, str], Any] = {}
    for programme in programmes:
        found[programme["programme"], ""] = programme["title"]
        found |= {(programme["programme"], one["section"]): one["title"] for one in programme.get("sections", ())}
    return found


def _rows(record: Json, programmes: Sequence[Json]) -> list[dict[str, Any]]:
    """The changes with their fields' titles, both values as people read them."""
    fields = {
        field["field"]: field
        for programme in programmes
        for section in programme.get("sections", ())
        for field in section["fields"]
        if (programme["programme"], section["section"]) == (record["programme"], record["section"])
    }
    return [_row(change, fields.get(change["field"]), names_of(record)) for change in record["changes"]]


def _row(change: Json, field: Json | None, names: Mapping[str, str]) -> dict[str, Any]:
    """One change."""
    if field is None or "type" not in field:
        return {"title": field["title"] if field else change["field"], **change, "is_scan": False}
    if field["type"] in FILES:
        return {"title": field["title"], "old": _ids(change["old"]), "new": _ids(change["new"]), "is_scan": True}
    values = {side: shown(field, change[side], names) for side in ("old", "new")}
    return {"title": field["title"], **values, "is_scan": False}


def _ids(value: Any) -> list[str]:  # noqa: ANN401 - a scan, several, or none
    """Scans by id."""
    return [value] if isinstance(value, str) else list(value or ())
