"""The worklist: what waits, what was decided, all of it; search, marks, order, export, and the choice for a batch."""

from collections.abc import Iterable
from typing import Any

from services.gateway.portal.answers import Json, items, must
from services.gateway.portal.guards import for_reviewers
from services.gateway.portal.reviewer.choices import views_of
from services.gateway.portal.reviewer.columns import COLUMNS, chosen_of
from services.gateway.portal.reviewer.filters import MARKS, SORTS, address, wanted
from services.gateway.portal.reviewer.frame import DESK, frame
from services.gateway.portal.visit import Shown, Visit

LIMIT = 50


@for_reviewers
async def worklist(visit: Visit) -> Shown:
    """The list with its filters."""
    filters = wanted(visit.query)
    state = filters.get("state", "waiting")
    cursor = visit.query.get("cursor")
    listed, programmes, office = await visit.ask_all(
        ("review", address("/review/cases", filters, state=state, limit=str(LIMIT), cursor=cursor)),
        ("profile", "/programmes"),
        DESK,
    )
    page = must(listed)
    values = frame(visit, office, state, filters)
    choices = values["office"]["choices"]
    values |= {
        "cases": page.get("items", []),
        "more": page.get("next_cursor"),
        "cursor": cursor or "",
        "state": state,
        "columns": chosen_of(choices["columns"]),
        "all_columns": COLUMNS,
        "views": views_of(choices, filters),
        "tiers": tiers_of(items(programmes)),
        "marks": MARKS,
        "sorts": SORTS,
        "programmes": items(programmes),
    }
    return Shown("reviewer/worklist.html", values)


def tiers_of(programmes: Iterable[Json]) -> dict[tuple[str, str], Any]:
    """The titles of the tiers, and those of the programmes under no tier's name."""
    found: dict[tuple[str, str], Any] = {}
    for one in programmes:
        found[one["programme"], ""] = one["title"]
        found |= {(one["programme"], tier["tier"]): tier["title"] for tier in one.get("tiers", ())}
    return found
