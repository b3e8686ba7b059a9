"""What other services ask of review."""

from typing import Any
from uuid import UUID

from services.review import actions
from services.review.queries.everything import everything
from services.review.schemas import SealAnswers, SealsAsked
from shared.kit.web import DatabaseDep, PeerDep, router

routes = router(prefix="/internal", tags=["internal"], dependencies=[PeerDep("profile")])


@routes.post("/seals/unanswered")
async def unanswered_seals(body: SealsAsked, database: DatabaseDep) -> SealAnswers:
    """Which seals have a decision behind them; profile lifts those that have none."""
    return await database.act(actions.unanswered_seals, body)


@routes.get("/accounts/{account_id}/everything")
async def everything_of(account_id: UUID, database: DatabaseDep) -> dict[str, Any]:
    """Give all that is kept of a person, for that person's export."""
    return await database.read(everything, account_id)
