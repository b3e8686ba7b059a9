"""Saving one's own draft, section by section and entry by entry."""

from typing import Annotated
from uuid import UUID

from fastapi import Body as JsonBody, Response

from services.profile.actions import arranging, entries
from services.profile.api.answers import PERSON, answer
from services.profile.schemas import EntryOut, Order, RepeatedOut, SectionsOut, SingleOut
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


@routes.post("/{section}/entries/{entry_id}/restoration", response_model=EntryOut)
async def restore_entry(programme: str, section: str, entry_id: UUID, caller: CallerDep, once: OnceDep) -> Response:
    """Put back an entry that was taken out less than a day ago; 404 where there is none."""
    return await once(200, arranging.restore_entry, caller, programme, section, entry_id)


@routes.put("/{section}/order", response_model=RepeatedOut)
async def order_entries(
    programme: str, section: str, body: Order, caller: CallerDep, database: DatabaseDep
) -> Response:
    """Put the entries of a section into an order; 422 `order_incomplete` unless each is named once."""
    return answer(await database.act(arranging.put_in_order, caller, programme, section, body.entries))


@routes.put("/{section}/absence", status_code=204, response_class=Response)
async def declare_none(programme: str, section: str, caller: CallerDep, database: DatabaseDep) -> Response:
    """Say that there is nothing to declare in an optional section; 409 `section_has_entries` where there is."""
    await database.act(arranging.declare_none, caller, programme, section, none=True)
    return Response(status_code=204)


@routes.delete("/{section}/absence", status_code=204, response_class=Response)
async def declare_some(programme: str, section: str, caller: CallerDep, database: DatabaseDep) -> Response:
    """Take back that there is nothing to declare in a section."""
    await database.act(arranging.declare_none, caller, programme, section, none=False)
    return Response(status_code=204)
