"""Saving one's own draft, section by section and entry by entry."""

from typing import Annotated
from uuid import UUID

from fastapi import Body as JsonBody, Response

from services.profile.actions import entries
from services.profile.api.answers import PERSON, answer
from services.profile.schemas import EntryOut, SectionsOut, SingleOut
from shared.kit.web import CallerDep, DatabaseDep, IfMatchDep, OnceDep, router

routes = router(prefix="/profiles/{programme}/sections", tags=["profiles"], dependencies=[PERSON])
Given = Annotated[dict[str, object], JsonBody()]
GivenSections = Annotated[dict[str, dict[str, object]], JsonBody()]


@routes.put("/{section}", response_model=SingleOut)
async def save_section(
    programme: str, section: str, body: Given, caller: CallerDep, database: DatabaseDep, if_match: IfMatchDep
) -> Response:
    """Replace the values of a single section."""
    saved = await database.act(entries.save_section, caller, programme, section, body, if_match)
    return answer(saved, headers={"ETag": saved["etag"]})


@routes.post("", response_model=SectionsOut)
async def save_sections(programme: str, body: GivenSections, caller: CallerDep, once: OnceDep) -> Response:
    """Replace all single sections given, whole or not at all."""
    return await once(200, entries.save_sections, caller, programme, body)


@routes.post("/{section}/entries", response_model=EntryOut, status_code=201)
async def add_entry(programme: str, section: str, body: Given, caller: CallerDep, once: OnceDep) -> Response:
    """Add an entry to a repeated section."""
    added = await once(201, entries.add_entry, caller, programme, section, body)
    added.headers["ETag"] = '"1"'
    return added


@routes.put("/{section}/entries/{entry_id}", response_model=EntryOut)
async def replace_entry(
    programme: str,
    section: str,
    entry_id: UUID,
    body: Given,
    caller: CallerDep,
    database: DatabaseDep,
    if_match: IfMatchDep,
) -> Response:
    """Replace the values of an entry."""
    saved = await database.act(entries.replace_entry, caller, programme, section, entry_id, body, if_match)
    return answer(saved, headers={"ETag": saved["etag"]})


@routes.delete("/{section}/entries/{entry_id}", status_code=204, response_class=Response)
async def remove_entry(
    programme: str, section: str, entry_id: UUID, caller: CallerDep, database: DatabaseDep, if_match: IfMatchDep
) -> Response:
    """Take an entry out of the draft."""
    await database.act(entries.remove_entry, caller, programme, section, entry_id, if_match)
    return Response(status_code=204)
