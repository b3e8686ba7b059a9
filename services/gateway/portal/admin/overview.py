"""The overview (运行概览): services and queues, what waits longest at each tier, letters that fail, lists imported."""

from services.gateway.actions.readiness import readiness
from services.gateway.portal.admin.statistics import queues_of
from services.gateway.portal.answers import gather, items_of, shown_of
from services.gateway.portal.figures import tiers_of
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.visit import Shown, Visit


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
    parts, known = await readiness(visit.desk), items_of(programmes) or []
    found = shown_of(statistics)
    values = {
        "readiness": parts,
        "well": all(part["ready"] for part in parts),
        "summary": shown_of(summary),
        "queues": None if found is None else queues_of(found["items"]),
        "tiers": tiers_of(known),
        "imports": items_of(imports),
        "programmes": known,
    }
    return Shown("admin/overview.html", values)
