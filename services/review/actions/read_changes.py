"""Reads change requests: what they change is fetched from profile once, and kept encrypted."""

import asyncio
from collections.abc import Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from services.review import clients
from services.review.actions.openings import tell_opened
from services.review.models import Case, ChangeRequest
from services.review.queries import (
    ChangeContent,
    change_item,
    change_page,
    find_change,
    lacking_change,
    lacking_changes,
    open_change,
    refusing_erased,
)
from services.review.schemas import ChangeItem, ChangeState
from shared.contracts.identity import Caller
from shared.kit.database import Database, Session
from shared.kit.vault import Json, vault
from shared.kit.web.paging import Listed, Page


async def read_changes(database: Database, caller: Caller, state: ChangeState, page: Page) -> Listed[ChangeItem]:
    """One page of the change requests that the caller's organization decides or decided; 503 as for a dossier."""
    await _fetch(database, caller, await database.read(lacking_changes, caller, state, page))
    return await database.read(change_page, caller, state, page)


async def read_change(database: Database, caller: Caller, change_request_id: UUID) -> ChangeItem:
    """One change request. Refused: 404 where it is not for the caller's organization; 503 as for a dossier."""
    await _fetch(database, caller, await database.read(lacking_change, caller, change_request_id))
    return await database.act(_opened, caller, change_request_id)


async def content_of_change(session: Session, request: ChangeRequest, reviewer_id: UUID) -> ChangeContent:
    """What a change request changes: the copy that is here, or fetched and kept."""
    if request.content is None:
        content = await clients.change_request(request.id, reviewer_id)
        request.content = await _keep(session, request, content)
    return await open_change(session, request)


async def _fetch(database: Database, caller: Caller, lacking: Sequence[ChangeRequest]) -> None:
    """Ask profile for what has no copy here, all at once, while no transaction is open."""
    contents = await asyncio.gather(*(clients.change_request(request.id, caller.person) for request in lacking))
    for request, content in zip(lacking, contents, strict=True):
        await database.act(_keep, request, content)


async def _keep(session: Session, request: ChangeRequest, content: ChangeContent) -> bytes:
    """Seal the content with its applicant's key and keep it; gives what was kept."""
    place = {"table": "change_request", "column": "content"}
    with refusing_erased():
        sealed = await vault().seal(session, request.account_id, cast("Json", content), row_id=request.id, **place)
    kept = (
        update(ChangeRequest)
        .where(col(ChangeRequest.id) == request.id, col(ChangeRequest.content).is_(None))
        .values(content=sealed)
    )
    await session.execute(kept)
    return sealed


async def _opened(session: Session, caller: Caller, change_request_id: UUID) -> ChangeItem:
    """Lay it out; where that shows whole values, its applicant can see who looked, as with a dossier."""
    request = await find_change(session, caller, change_request_id)
    if request.status == "waiting":
        asked = select(Case).where(col(Case.submission_id) == request.submission_id)
        case = (await session.execute(asked)).scalar_one()
        place = request.organization_name
        await tell_opened(session, caller, case, version=case.version, tier=request.tier, place=place)
    return await change_item(session, caller, request)
