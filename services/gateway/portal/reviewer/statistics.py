"""Statistics: what waits and what was decided, how long it took, and why cases came back; charts with their tables."""

from collections.abc import Mapping
from urllib.parse import urlencode

from services.gateway.portal.answers import held, items, must
from services.gateway.portal.figures import in_order, tiers_of
from services.gateway.portal.guards import for_reviewers
from services.gateway.portal.reviewer.frame import DESK, frame
from services.gateway.portal.visit import Shown, Visit
from shared.contracts.texts import _

BREAKDOWNS: Mapping[str, str] = {
    "month": _("按月份"),
    "tier": _("按层级"),
    "county": _("按县（市、区）"),
    "category": _("按认定层次"),
}
ASKED = ("programme", "from", "to")


@for_reviewers
async def statistics(visit: Visit) -> Shown:
    """The figures that the reviewer may see."""
    asked = {name: visit.query[name].strip()[:100] for name in ASKED if visit.query.get(name, "").strip()}
    replies = await visit.ask_all(
        ("profile", "/programmes"),
        DESK,
        *(("review", f"/review/statistics?{urlencode({**asked, 'by': by})}") for by in BREAKDOWNS),
    )
    refused = next((reply for reply in replies[2:] if reply is not None and reply.status == 422), None)  # noqa: PLR2004 - invalid
    found = {} if refused else must(replies[2])
    programmes = items(replies[0])
    values = frame(visit, replies[1], "statistics") | {
        "asked": asked,
        "programmes": programmes,
        "tiers": tiers_of(programmes),
        "charts": [
            {"by": by, "title": BREAKDOWNS[by], "groups": in_order(by, held(reply).get("groups", []), programmes)}
            for by, reply in zip(BREAKDOWNS, replies[2:], strict=True)
        ],
        "lines": found.get("items", []),
        "reasons": found.get("reasons", []),
        "problem": refused.content if refused else None,
    }
    return Shown("reviewer/statistics.html", values, 422 if refused else 200)
