"""The review of change requests."""

from uuid import UUID

from fastapi import Response

from services.review import actions
from services.review.schemas import ChangeItem, ChangeState, DecideChange
from shared.kit.web import CallerDep, DatabaseDep, OnceDep, PageDep, router
from shared.kit.web.paging import Listed

routes = router(prefix="/review", tags=["review"])


@routes.get("/change-requests")
async def list_change_requests(
    caller: CallerDep, database: DatabaseDep, page: PageDep, state: ChangeState = "waiting"
) -> Listed[ChangeItem]:
    """The change requests that the reviewer's organization decides."""
    return await actions.read_changes(database, caller, state, page)


@routes.get("/change-requests/{change_request_id}")
async def get_change_request(change_request_id: UUID, caller: CallerDep, database: DatabaseDep) -> ChangeItem:
    """One change request, old and new values side by side."""
    return await actions.read_change(database, caller, change_request_id)


@routes.post("/change-requests/{change_request_id}/decision", status_code=201, response_model=ChangeItem)
async def decide_change_request(
    change_request_id: UUID, body: DecideChange, caller: CallerDep, once: OnceDep
) -> Response:
    """Approve or reject a change request."""
    return await once(201, actions.decide_change, caller, change_request_id, body)
