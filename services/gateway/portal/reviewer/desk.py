"""The desk: the queue, the dossier with what changed, the scans, and the form that decides, in one round of calls."""

from collections.abc import Sequence
from typing import Any

from services.gateway.actions.ask import Reply
from services.gateway.portal.answers import Json, held, items, must
from services.gateway.portal.guards import guarded
from services.gateway.portal.reviewer.dossier import scans_of, sections_of
from services.gateway.portal.reviewer.filters import MARKS, SORTS, address, wanted
from services.gateway.portal.reviewer.frame import DESK, frame
from services.gateway.portal.reviewer.pins import pins_of
from services.gateway.portal.visit import Shown, Visit
from shared.contracts.texts import _
from shared.kit.ids import new_id

CASE = (_("待审核的申报"), _("这里显示一份申报及其审核记录，仅经办单位的审核人员登录后可见。"))
QUEUE = 30
NOWHERE: Json = {
    "position": None, "total": 0, "total_is_more": False, "previous": None, "next": None,
    "items": [], "before": None, "after": None,
}  # fmt: skip


@guarded("reviewer", CASE)
async def case(visit: Visit) -> Shown:
    """The desk with a case on it."""
    return await desk(visit)


async def desk(visit: Visit, problem: Json | None = None, status: int = 200) -> Shown:
    """The desk; with `problem`, what was wrong with a decision, whose words are kept."""
    case_id, filters = visit.identifier("case_id"), wanted(visit.query)
    listed = {"state": "waiting", **filters}
    found, near, office, programmes = await visit.ask_all(
        ("review", f"/review/cases/{case_id}"),
        ("review", address(f"/review/cases/{case_id}/neighbours", listed, lines=str(QUEUE))),
        DESK,
        ("profile", "/programmes"),
    )
    values = frame(visit, office, listed["state"], filters) | _values(must(found), programmes, _account(visit))
    values |= {
        "near": {**NOWHERE, **held(near)},
        "list": listed,
        "marks": MARKS,
        "sorts": SORTS,
        "only_changes": visit.query.get("only") == "changes",
        "problem": problem,
        "filled": visit.form,
        "pins": pins_of(visit.form),
        "key": str(new_id()),
        "account": _account(visit),
    }
    return Shown("reviewer/desk.html", values, status)


def _account(visit: Visit) -> str:
    """Whose desk it is."""
    session = visit.exchange.session
    return str(session.account_id) if session else ""


def _values(opened: Json, programmes: Reply | None, account: str) -> dict[str, Any]:
    """What the dossier shows."""
    programme = next((one for one in items(programmes) if one["programme"] == opened["programme"]), {})
    scans = scans_of(opened, programme)
    claimed = opened.get("claimed_by")
    tiers = programme.get("tiers", ())
    return {
        "record": opened,
        "programme": {"title": opened["programme"]} | dict(programme),
        "tiers": {tier["tier"]: tier["title"] for tier in tiers},
        "sections": sections_of(opened, programme, scans),
        "scans": scans,
        "matters": [{**check, "scan": scan} for scan in scans for check in scan["doubts"]],
        "changes": opened.get("changed_since_last_seen"),
        "classifies": next((bool(one.get("classifies")) for one in tiers if one["tier"] == opened["tier"]), False),
        "categories": programme.get("categories", ()),
        "next_tier": next_tier(opened, tiers),
        "colleague": claimed if claimed and claimed["account_id"] != account else None,
    }


def next_tier(opened: Json, tiers: Sequence[Json]) -> Json | None:
    """The tier that an approval leads to; None after the last one. Municipal employers skip the county's tiers."""
    employer = opened.get("employer")
    municipal = isinstance(employer, dict) and bool(employer.get("municipal"))
    slugs = [tier["tier"] for tier in tiers]
    after = tiers[slugs.index(opened["tier"]) + 1 :] if opened["tier"] in slugs else ()
    return next((tier for tier in after if not (municipal and tier.get("skipped_for_municipal"))), None)
