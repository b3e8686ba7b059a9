"""What other services ask of notify."""

from typing import Any
from uuid import UUID

from services.notify.queries.everything import everything
from shared.kit.web import DatabaseDep, PeerDep, router

routes = router(prefix="/internal", tags=["internal"], dependencies=[PeerDep("profile")])


@routes.get("/accounts/{account_id}/everything")
async def everything_of(account_id: UUID, database: DatabaseDep) -> dict[str, Any]:
    """Give all that is kept of a person, for that person's export."""
    return await database.read(everything, account_id)
