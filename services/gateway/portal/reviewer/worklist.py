"""The worklist: what waits, what was decided, all of it; search, marks, order, export, and the choice for a batch."""

from services.gateway.portal.answers import items, must
from services.gateway.portal.guards import for_reviewers
from services.gateway.portal.reviewer.filters import MARKS, SORTS, STATES, address, wanted
from services.gateway.portal.reviewer.words import TOLD
from services.gateway.portal.visit import Shown, Visit

LIMIT = 50


@for_reviewers
async def worklist(visit: Visit) -> Shown:
    """The list with its filters."""
    filters = wanted(visit.query)
    state = filters.get("state", "waiting")
    cursor = visit.query.get("cursor")
    listed, programmes, changes = await visit.ask_all(
        ("review", address("/review/cases", filters, state=state, limit=str(LIMIT), cursor=cursor)),
        ("profile", "/programmes"),
        ("review", "/review/change-requests?state=waiting&limit=1"),
    )
    page = must(listed)
    values = {
        "cases": page.get("items", []),
        "more": page.get("next_cursor"),
        "is_first": not cursor,
        "filters": filters,
        "state": state,
        "states": STATES,
        "marks": MARKS,
        "sorts": SORTS,
        "programmes": items(programmes),
        "has_changes": bool(items(changes)),
        "address": address,
        "told": TOLD.get(visit.query.get("done", "")),
    }
    return Shown("reviewer/worklist.html", values)
