"""Saving the draft: single sections, and the entries of repeated ones."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlmodel import col

from services.profile.actions import references
from services.profile.actions.arranging import keep_removed, note_present
from services.profile.actions.drafts import editable, seal_entry, single_id, touch
from services.profile.models import Entry
from services.profile.queries.drafts import Draft
from services.profile.queries.profiles import entry_shown, single_shown
from services.profile.queries.programmes import programme_named, section_named
from services.profile.rules import faults
from services.profile.rules.contents import check_room
from shared.contracts.identity import Caller
from shared.contracts.refusals import Changed, Invalid, Missing
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.programmes.shape import Faults, Json, Section


async def save_section(
    session: Session, caller: Caller, slug: str, name: str, given: Mapping[str, object], if_match: int | None
) -> dict[str, Any]:
    """Replace a single section's values; gives the section."""
    section = section_named(programme_named(slug), name, repeated=False)
    draft = await editable(session, caller.person, slug)
    record = references.Values(section, read(section, given))
    states = await references.check(session, draft.account_id, [record])
    shown = await _write_single(session, draft, record, states, if_match)
    await touch(session, draft.profile_id)
    return shown


async def save_sections(
    session: Session, caller: Caller, slug: str, given: Mapping[str, Mapping[str, object]]
) -> dict[str, Any]:
    """Replace all single sections given, whole or not at all; gives them in the programme's order."""
    programme = programme_named(slug)
    draft = await editable(session, caller.person, slug)
    singles = {section.section: section for section in programme.sections if not section.repeated}
    wrong = [faults.unknown_section(name) for name in given if name not in singles]
    records = []
    for name, section in singles.items():
        if name in given:
            try:
                records.append(references.Values(section, section.parse(given[name])))
            except Faults as refused:
                wrong += faults.of_section(name, refused.faults)
    if wrong:
        raise Invalid(faults=wrong)
    states = await references.check(session, draft.account_id, records)
    shown = [await _write_single(session, draft, record, states, None) for record in records]
    await touch(session, draft.profile_id)
    return {"sections": shown}


async def add_entry(
    session: Session, caller: Caller, slug: str, name: str, given: Mapping[str, object]
) -> dict[str, Any]:
    """Add an entry at the end of a repeated section; gives the entry."""
    section = section_named(programme_named(slug), name, repeated=True)
    draft = await editable(session, caller.person, slug)
    check_room(section, await _count(session, draft, name))
    record = references.Values(section, read(section, given))
    await references.check(session, draft.account_id, [record])
    entry_id = new_id()
    await session.execute(
        insert(Entry).values(
            id=entry_id,
            profile_id=draft.profile_id,
            section=name,
            content=await seal_entry(session, draft.account_id, entry_id, record.values),
            scans=record.scans(),
        )
    )
    await note_present(session, draft, name)
    await touch(session, draft.profile_id)
    return entry_shown(entry_id, 1, record.values)


async def replace_entry(
    session: Session,
    caller: Caller,
    slug: str,
    name: str,
    entry_id: UUID,
    given: Mapping[str, object],
    if_match: int | None,
) -> dict[str, Any]:
    """Replace an entry's values, at its place; gives the entry."""
    section = section_named(programme_named(slug), name, repeated=True)
    draft = await editable(session, caller.person, slug)
    await _check_revision(session, draft, name, entry_id, if_match)
    record = references.Values(section, read(section, given, str(entry_id)), str(entry_id))
    await references.check(session, draft.account_id, [record])
    written = await session.execute(
        update(Entry)
        .where(col(Entry.id) == entry_id)
        .values(
            content=await seal_entry(session, draft.account_id, entry_id, record.values),
            scans=record.scans(),
            revision=col(Entry.revision) + 1,
            updated_at=clock.now_sql(),
        )
        .returning(col(Entry.revision))
    )
    await touch(session, draft.profile_id)
    return entry_shown(entry_id, written.scalar_one(), record.values)


async def remove_entry(
    session: Session, caller: Caller, slug: str, name: str, entry_id: UUID, if_match: int | None
) -> None:
    """Take an entry out of the draft; for a day it may be put back, and snapshots keep it."""
    section_named(programme_named(slug), name, repeated=True)
    draft = await editable(session, caller.person, slug)
    await _check_revision(session, draft, name, entry_id, if_match)
    await keep_removed(session, entry_id)
    await session.execute(delete(Entry).where(col(Entry.id) == entry_id))
    await touch(session, draft.profile_id)


def read(section: Section, given: Mapping[str, object], entry: str | None = None) -> dict[str, Json]:
    """The values that were sent, read; all that is wrong with them is refused at once."""
    try:
        return section.parse(given)
    except Faults as refused:
        raise Invalid(faults=faults.of_section(section.section, refused.faults, entry)) from refused


async def _count(session: Session, draft: Draft, section: str) -> int:
    """How many entries a section has."""
    wanted = select(func.count()).where(col(Entry.profile_id) == draft.profile_id, col(Entry.section) == section)
    return int((await session.execute(wanted)).scalar_one())


async def _check_revision(session: Session, draft: Draft, section: str, entry_id: UUID, if_match: int | None) -> None:
    """404 for an entry that is not in this section of one's own, 412 for one that was changed meanwhile."""
    wanted = select(col(Entry.revision)).where(
        col(Entry.id) == entry_id, col(Entry.profile_id) == draft.profile_id, col(Entry.section) == section
    )
    revision = (await session.execute(wanted)).scalar_one_or_none()
    if revision is None:
        raise Missing
    if if_match is not None and if_match != revision:
        raise Changed


async def _write_single(
    session: Session, draft: Draft, record: references.Values, states: Mapping[str, str], if_match: int | None
) -> dict[str, Any]:
    """Write a single section's record; its first revision is 1, and one that is not there yet counts as 0."""
    entry_id = single_id(draft.profile_id, record.section.section)
    content = await seal_entry(session, draft.account_id, entry_id, record.values)
    fresh = insert_or(Entry).values(
        id=entry_id,
        profile_id=draft.profile_id,
        section=record.section.section,
        single=True,
        content=content,
        scans=record.scans(),
    )
    written = await session.execute(
        fresh.on_conflict_do_update(
            index_elements=[col(Entry.id)],
            set_={
                "content": content,
                "scans": record.scans(),
                "revision": col(Entry.revision) + 1,
                "updated_at": clock.now_sql(),
            },
            where=None if if_match is None else col(Entry.revision) == if_match,
        ).returning(col(Entry.revision))
    )
    revision = written.scalar_one_or_none()
    if revision is None or (if_match is not None and revision != if_match + 1):
        raise Changed
    return single_shown(record.section, revision, record.values, states)
