"""The overview (运行概览): services and queues, letters that fail, what waits longest; and statistics in full."""

from urllib.parse import urlencode

from services.gateway.actions.readiness import readiness
from services.gateway.portal.admin.forms import asked, read
from services.gateway.portal.answers import gather, items_of, must, shown_of
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.visit import Shown, Visit

GROUPS = ("tier", "organization", "county", "category", "month")


@for_administrators
async def overview(visit: Visit) -> Shown:
    """How the platform stands, and what wants doing."""
    summary, statistics, imports, programmes = await gather(
        visit,
        ("notify", "/admin/deliveries/summary"),
        ("review", "/review/statistics"),
        ("auth", "/admin/imports?limit=3"),
        ("profile", "/programmes"),
    )
    parts = await readiness(visit.desk)
    values = {
        "readiness": parts,
        "well": all(part["ready"] for part in parts),
        "summary": shown_of(summary),
        "statistics": shown_of(statistics),
        "imports": items_of(imports),
        "programmes": items_of(programmes) or [],
    }
    return Shown("admin/overview.html", values)


@for_administrators
async def statistics(visit: Visit) -> Shown:
    """What came in, what was decided, how long it took; per tier, organization, county, category or month."""
    wanted = asked(visit.query, "programme", "from", "to")
    by = visit.query.get("by") if visit.query.get("by") in GROUPS else None
    found, programmes = await read(
        visit,
        ("review", f"/review/statistics?{urlencode({**wanted, **({'by': by} if by else {})})}"),
        ("profile", "/programmes"),
    )
    known = must(found)
    values = {
        "statistics": known,
        "asked": wanted,
        "by": by,
        "groups": GROUPS,
        "programmes": items_of(programmes) or [],
    }
    return Shown("admin/statistics.html", values)
