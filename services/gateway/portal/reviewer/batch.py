"""Many cases approved at once: a list to confirm first, and an outcome for each afterwards."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.gateway.portal.answers import Json, accepted, items, must
from services.gateway.portal.guards import for_reviewers
from services.gateway.portal.reviewer.filters import address, wanted
from services.gateway.portal.reviewer.frame import DESK, frame
from services.gateway.portal.visit import Shown, Visit
from shared.contracts.texts import _
from shared.kit.ids import new_id

LIMIT = 100
INVALID = 422
EMPTY = _("请先在列表中勾选要通过的申报。")


@for_reviewers
async def confirm(visit: Visit) -> Shown:
    """The list to confirm: what was ticked, waits here, and has no check that asks for a look."""
    filters, cursor = wanted(visit.query), visit.query.get("cursor")
    listed, programmes, office = await visit.ask_all(
        ("review", address("/review/cases", {**filters, "state": "waiting"}, limit=str(LIMIT), cursor=cursor)),
        ("profile", "/programmes"),
        DESK,
    )
    chosen = set(visit.query.all("case"))
    cases = [one for one in must(listed).get("items", []) if one["case_id"] in chosen]
    ready = [one for one in cases if one.get("all_passed") and one["mine"]]
    values = frame(visit, office, "waiting", filters) | {
        "cases": ready,
        "left_out": [one for one in cases if one not in ready],
        "categories": _categories(ready, items(programmes)),
        "key": str(new_id()),
        "problem": None if ready else {"detail": EMPTY},
    }
    return Shown("reviewer/batch.html", values)


@for_reviewers
async def run(visit: Visit) -> Shown:
    """Approve them; each is answered by itself."""
    decisions = [_decision(visit, mark) for mark in visit.form.all("case") if _is_mark(mark)]
    (office,) = await visit.ask_all(DESK)
    values = frame(visit, office, "waiting", wanted(visit.query)) | {"outcomes": [], "problem": None}
    if not decisions:
        return Shown("reviewer/outcomes.html", values, INVALID)
    also = {"idempotency-key": visit.form["key"]} if visit.form.get("key") else None
    reply = await visit.ask("review", "POST", "/review/decisions", {"decisions": decisions}, also)
    if not accepted(reply):
        return Shown("reviewer/outcomes.html", {**values, "problem": reply.content or {}}, reply.status)
    names = zip(visit.form.all("case"), visit.form.all("name"), strict=False)
    by_id = {mark.partition(":")[0]: name for mark, name in names}
    outcomes = [{**one, "name": by_id.get(one["case_id"], one["case_id"])} for one in reply.content["items"]]
    return Shown("reviewer/outcomes.html", {**values, "outcomes": outcomes})


def _decision(visit: Visit, mark: str) -> dict[str, Any]:
    """One approval; `mark` names the case and the version that was listed."""
    case_id, _sign, version = mark.partition(":")
    said = {name: visit.form.get(name, "").strip() for name in ("comment", "category")}
    given = {name: words for name, words in said.items() if words}
    return {"case_id": case_id, "decision": "approve", "version": int(version), **given}


def _is_mark(mark: str) -> bool:
    """Whether a mark names a case and a version."""
    case_id, _sign, version = mark.partition(":")
    try:
        UUID(case_id)
    except ValueError:
        return False
    return version.isdecimal()


def _categories(cases: Sequence[Json], programmes: Sequence[Json]) -> list[Json]:
    """The categories to choose from where the cases stand at a tier that classifies."""
    for programme in programmes:
        tiers = {tier["tier"] for tier in programme.get("tiers", ()) if tier.get("classifies")}
        if any(one["programme"] == programme["programme"] and one["tier"] in tiers for one in cases):
            return list(programme.get("categories", ()))
    return []
