"""Asking for changes of one's approved data."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response

from services.profile.actions import change_requests as asking
from services.profile.api.answers import PERSON, LanguageDep, answer
from services.profile.queries import change_requests as reads
from services.profile.schemas import AskChange, ChangeRequestOut, ChangeRequests
from shared.kit.web import CallerDep, DatabaseDep, OnceDep, PageDep, router

routes = router(prefix="/change-requests", tags=["change requests"], dependencies=[PERSON])


@routes.post("", response_model=ChangeRequestOut, status_code=201)
async def ask_change(body: AskChange, caller: CallerDep, once: OnceDep, language: LanguageDep) -> Response:
    """Ask for a change of approved data."""
    asked = asking.Asked(
        section=body.section,
        kind=body.kind,
        entry_id=body.entry_id,
        changes=body.changes,
        scans=tuple(body.scans),
        reason=body.reason,
    )
    return await once(201, asking.ask_change, caller, body.programme, asked, language)


@routes.get("", response_model=ChangeRequests)
async def change_requests(
    caller: CallerDep,
    database: DatabaseDep,
    page: PageDep,
    language: LanguageDep,
    programme: Annotated[str | None, Query(max_length=100)] = None,
    status: Literal["waiting", "approved", "rejected", "withdrawn"] | None = None,
) -> Response:
    """List one's own change requests, the newest first."""
    return answer(await database.read(reads.change_requests, caller.person, page, language, programme, status))


@routes.get("/{change_request_id}", response_model=ChangeRequestOut)
async def change_request(
    change_request_id: UUID, caller: CallerDep, database: DatabaseDep, language: LanguageDep
) -> Response:
    """Show one's own change request with old and new content."""
    return answer(await database.read(reads.change_request, caller.person, change_request_id, language))


@routes.post("/{change_request_id}/withdrawal", response_model=ChangeRequestOut)
async def withdraw_change(change_request_id: UUID, caller: CallerDep, once: OnceDep, language: LanguageDep) -> Response:
    """Take a waiting change request back."""
    return await once(200, asking.withdraw_change, caller, change_request_id, language)
