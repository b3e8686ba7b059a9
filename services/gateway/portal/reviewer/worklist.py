"""The worklist: what waits, what was decided, all of it; search, marks, order, export, and the choice for a batch."""

from services.gateway.portal.answers import items, must
from services.gateway.portal.guards import for_reviewers
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
    values = frame(visit, office, state, filters) | {
        "cases": page.get("items", []),
        "more": page.get("next_cursor"),
        "is_first": not cursor,
        "state": state,
        "marks": MARKS,
        "sorts": SORTS,
        "programmes": items(programmes),
    }
    return Shown("reviewer/worklist.html", values)
