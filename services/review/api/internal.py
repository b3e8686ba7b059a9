"""What other services ask of review."""

from services.review import actions
from services.review.schemas import SealAnswers, SealsAsked
from shared.kit.web import DatabaseDep, PeerDep, router

routes = router(prefix="/internal", tags=["internal"], dependencies=[PeerDep("profile")])


@routes.post("/seals/unanswered")
async def unanswered_seals(body: SealsAsked, database: DatabaseDep) -> SealAnswers:
    """Which seals have a decision behind them; profile lifts those that have none."""
    return await database.act(actions.unanswered_seals, body)
