"""What other services ask of auth; nobody else may."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query

from services.auth.actions import sessions
from services.auth.api.given import FleetingDep
from services.auth.queries import own
from services.auth.queries.everything import everything
from services.auth.schemas.accounts import Origin
from services.auth.schemas.entering import Resolve, Resolved
from shared.kit.web import DatabaseDep, PeerDep, router

routes = router("/internal", tags=["internal"])


@routes.post("/sessions/resolve", dependencies=[PeerDep("gateway")])
async def resolve_session(body: Resolve, database: DatabaseDep, fleeting: FleetingDep) -> Resolved:
    """Say whose session that is; the gateway finds it in Redis for the next half minute."""
    resolved = await database.act(sessions.resolve, body.token_sha256)
    await fleeting.remember(body.token_sha256, resolved.model_dump(mode="json"))
    return resolved


@routes.get("/accounts/{account_id}/origin", dependencies=[PeerDep("profile")])
async def origin(
    account_id: UUID, database: DatabaseDep, programme: Annotated[str | None, Query(max_length=100)] = None
) -> Origin:
    """Say where an account comes from, and what its profile begins with."""
    return await database.read(own.origin, account_id, programme)


@routes.get("/accounts/{account_id}/everything", dependencies=[PeerDep("profile")])
async def everything_of(account_id: UUID, database: DatabaseDep) -> dict[str, Any]:
    """Give all that is kept of a person, for that person's export."""
    return await database.read(everything, account_id)
