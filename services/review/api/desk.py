"""The desk of an office: phrases, colleagues, delegations, claims."""

from uuid import UUID

from fastapi import Response

from services.review import actions, queries
from services.review.schemas import (
    Choices,
    ClaimShown,
    Colleagues,
    Delegate,
    Delegations,
    DelegationShown,
    Desk,
    Phrases,
    PutPhrases,
)
from shared.kit.web import CallerDep, DatabaseDep, OnceDep, router

routes = router(prefix="/review", tags=["review"])


@routes.get("/desk")
async def get_desk(caller: CallerDep, database: DatabaseDep) -> Desk:
    """Who decides, for which organization, how much waits there, and the phrases that it shares."""
    return await database.read(queries.desk_of, caller)


@routes.put("/desk/choices")
async def put_choices(body: Choices, caller: CallerDep, database: DatabaseDep) -> Choices:
    """Replace one's saved filters and columns."""
    return await database.act(actions.put_choices, caller, body)


@routes.get("/phrases")
async def get_phrases(caller: CallerDep, database: DatabaseDep) -> Phrases:
    """The phrases that the reviewers of one's organization share."""
    return await database.read(queries.phrases_of, caller)


@routes.put("/phrases")
async def put_phrases(body: PutPhrases, caller: CallerDep, database: DatabaseDep) -> Phrases:
    """Replace the phrases of one's organization."""
    return await database.act(actions.put_phrases, caller, body)


@routes.get("/colleagues")
async def list_colleagues(caller: CallerDep, database: DatabaseDep) -> Colleagues:
    """The other reviewers of one's organization."""
    return await database.read(queries.colleagues, caller)


@routes.get("/delegations")
async def list_delegations(caller: CallerDep, database: DatabaseDep) -> Delegations:
    """Who stands in for whom in one's organization, today and later."""
    return await database.read(queries.delegations, caller)


@routes.post("/delegations", status_code=201, response_model=DelegationShown)
async def delegate(body: Delegate, caller: CallerDep, once: OnceDep) -> Response:
    """Let a colleague stand in for some days."""
    return await once(201, actions.delegate, caller, body)


@routes.delete("/delegations/{delegation_id}", status_code=204)
async def end_delegation(delegation_id: UUID, caller: CallerDep, database: DatabaseDep) -> None:
    """Take a delegation back."""
    await database.act(actions.end_delegation, caller, delegation_id)


@routes.put("/cases/{case_id}/claim")
async def claim(case_id: UUID, caller: CallerDep, database: DatabaseDep, *, take: bool = False) -> ClaimShown:
    """Say that one has the case open; gives whose claim stands."""
    return await database.act(actions.claim, caller, case_id, take=take)


@routes.delete("/cases/{case_id}/claim", status_code=204)
async def release(case_id: UUID, caller: CallerDep, database: DatabaseDep) -> None:
    """Say that one has put the case aside."""
    await database.act(actions.release, caller, case_id)
