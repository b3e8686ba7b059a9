"""Statistics of the review: charts, each with its table, every tier at every organization, and why cases came back."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from services.gateway.portal.admin.forms import asked
from services.gateway.portal.answers import Json, gather, held, items_of, must
from services.gateway.portal.figures import in_order, tiers_of
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.visit import Shown, Visit

INVALID = 422
CHARTS = ("month", "tier", "county", "category")


@for_administrators
async def statistics(visit: Visit) -> Shown:
    """What came in, what was decided, and how long it took, in the days that are asked for."""
    wanted = asked(visit.query, "programme", "from", "to")
    calls = [("review", f"/review/statistics?{urlencode({**wanted, 'by': by})}") for by in CHARTS]
    programmes, *replies = await gather(visit, ("profile", "/programmes"), *calls)  # type: ignore[arg-type]  # names of services
    refused = next((reply for reply in replies if reply is not None and reply.status == INVALID), None)
    found: Json = {} if refused else must(replies[0], "review")
    known = items_of(programmes) or []
    values = {
        "charts": [
            {"by": by, "groups": in_order(by, held(reply).get("groups", []), known)}
            for by, reply in zip(CHARTS, replies, strict=True)
        ],
        "lines": found.get("items", []),
        "reasons": found.get("reasons", []),
        "tiers": tiers_of(known),
        "asked": wanted,
        "programmes": known,
        "problem": refused.content if refused else None,
    }
    return Shown("admin/statistics.html", values, INVALID if refused else 200)


def queues_of(lines: Sequence[Json]) -> list[dict[str, Any]]:
    """What waits at each tier, the longest wait first, with the organization where that one is."""
    tiers: dict[tuple[str, str], dict[str, Any]] = {}
    for line in lines:
        if not line["waiting"]:
            continue
        key = (line["programme"], line["tier"])
        known = tiers.setdefault(key, {"key": key, "waiting": 0, "since": None, "at": line})
        known["waiting"] += line["waiting"]
        since = line.get("waits_since")
        if since and (known["since"] is None or since < known["since"]):
            known |= {"since": since, "at": line}
    return sorted(tiers.values(), key=lambda one: (one["since"] or "9", one["key"]))
