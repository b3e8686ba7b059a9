"""Deliveries, for administrators."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.notify import actions
from services.notify.queries import deliveries as delivered
from services.notify.queries.deliveries import Sought
from services.notify.queries.summary import summary
from services.notify.schemas import DeliveryDetail, DeliveryShown, Retried, RetryMany, State, Summary
from shared.kit.web import CallerDep, DatabaseDep, PageDep, router
from shared.kit.web.paging import Listed

routes = router("/admin/deliveries", tags=["administration"])
Filter = Annotated[str | None, Query(max_length=320)]


@routes.get("")
async def deliveries(
    caller: CallerDep,
    database: DatabaseDep,
    page: PageDep,
    state: State | None = None,
    to: Filter = None,
    template: Filter = None,
    cause: Filter = None,
    programme: Filter = None,
) -> Listed[DeliveryShown]:
    """Letters on their way and at their end, newest first; `to` is one whole address, `template` a letter."""
    return await database.read(delivered.deliveries, caller, page, Sought(state, to, template, cause, programme))


@routes.get("/summary")
async def deliveries_summary(caller: CallerDep, database: DatabaseDep) -> Summary:
    """How many deliveries stand where, and for what causes."""
    return await database.read(summary, caller)


@routes.post("/retry")
async def retry_deliveries(body: RetryMany, caller: CallerDep, database: DatabaseDep) -> Retried:
    """Send all deliveries of a state and a cause once more, 5,000 at most in one call."""
    return await database.act(actions.retry_deliveries, caller, body)


@routes.get("/{delivery_id}")
async def delivery(delivery_id: UUID, caller: CallerDep, database: DatabaseDep) -> DeliveryDetail:
    """One delivery in full."""
    return await database.read(delivered.delivery, caller, delivery_id)


@routes.post("/{delivery_id}/retry")
async def retry_delivery(delivery_id: UUID, caller: CallerDep, database: DatabaseDep) -> DeliveryDetail:
    """Send a delivery that failed once more."""
    return await database.act(actions.retry_delivery, caller, delivery_id)
