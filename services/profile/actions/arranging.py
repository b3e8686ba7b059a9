"""What stands around a section's entries: their order, entries that come back, and that there are none to declare."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import col

from services.profile.actions import references
from services.profile.actions.drafts import editable, touch
from services.profile.models import Entry, Profile, RemovedEntry
from services.profile.queries import drafts
from services.profile.queries.drafts import Draft
from services.profile.queries.profiles import entry_shown, missing, section_shown
from services.profile.queries.programmes import programme_named, section_named
from services.profile.rules.contents import check_room
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Invalid, Missing
from shared.contracts.texts import _
from shared.kit import clock
from shared.kit.database import Database, Session
from shared.programmes.shape import Section

KEPT = timedelta(days=1)
"""How long an entry that was taken out may be put back."""
KEPT_COLUMNS = ("id", "profile_id", "section", "revision", "content", "scans", "position", "created_at")


async def put_in_order(
    session: Session, caller: Caller, slug: str, name: str, wanted: Sequence[UUID]
) -> dict[str, Any]:
    """Put the entries of a section into this order; gives the section.

    422 `order_incomplete` unless each of its entries is named once: somebody may have added one meanwhile.
    """
    section = section_named(programme_named(slug), name, repeated=True)
    draft = await editable(session, caller.person, slug)
    mine = select(col(Entry.id)).where(col(Entry.profile_id) == draft.profile_id, col(Entry.section) == name)
    known = list((await session.execute(mine)).scalars())
    if sorted(known) != sorted(wanted):
        raise Invalid("order_incomplete", _("条目有变动，请刷新后重新排序。"))
    for position, entry_id in enumerate(wanted, 1):
        await session.execute(update(Entry).where(col(Entry.id) == entry_id).values(position=position))
    await touch(session, draft.profile_id)
    return await _shown(session, draft, section)


async def declare_none(session: Session, caller: Caller, slug: str, name: str, *, none: bool) -> None:
    """Say that there is nothing to declare in an optional section, or take that back.

    409 `section_has_entries` where there are some, 422 `section_required` where one must be given.
    """
    section = section_named(programme_named(slug), name, repeated=True)
    draft = await editable(session, caller.person, slug)
    if none and section.minimum:
        raise Invalid("section_required", _("该栏目为必填，不能标记为暂无。"))
    if none and await _count(session, draft, name):
        raise Conflict("section_has_entries", _("该栏目已有条目，不能标记为暂无。"))
    await session.execute(
        update(Profile)
        .where(col(Profile.id) == draft.profile_id)
        .values(absent=sorted(draft.absent | {name} if none else draft.absent - {name}))
    )
    await touch(session, draft.profile_id)


async def note_present(session: Session, draft: Draft, name: str) -> None:
    """There is an entry now: whoever said that there is none, said it no longer."""
    if name in draft.absent:
        left = sorted(draft.absent - {name})
        await session.execute(update(Profile).where(col(Profile.id) == draft.profile_id).values(absent=left))


async def keep_removed(session: Session, entry_id: UUID) -> None:
    """Keep an entry that is about to be taken out, so that it can be put back."""
    columns = [getattr(Entry, name) for name in KEPT_COLUMNS]
    wanted = select(*columns).where(col(Entry.id) == entry_id)
    await session.execute(insert(RemovedEntry).from_select(list(KEPT_COLUMNS), wanted, include_defaults=False))


async def restore_entry(session: Session, caller: Caller, slug: str, name: str, entry_id: UUID) -> dict[str, Any]:
    """Put back an entry that was taken out of one's draft, as it was; gives it. 404 after a day."""
    section = section_named(programme_named(slug), name, repeated=True)
    draft = await editable(session, caller.person, slug)
    mine = select(RemovedEntry).where(
        col(RemovedEntry.id) == entry_id,
        col(RemovedEntry.profile_id) == draft.profile_id,
        col(RemovedEntry.section) == name,
        col(RemovedEntry.removed_at) > clock.now_sql() - KEPT,
    )
    kept = (await session.execute(mine)).scalar_one_or_none()
    if kept is None:
        raise Missing
    check_room(section, await _count(session, draft, name))
    record = (await drafts.opened(session, draft.account_id, [kept]))[0]  # type: ignore[list-item]  # it has a row's names
    await references.check(session, draft.account_id, [references.Values(section, record.values, str(entry_id))])
    columns = {one: getattr(kept, one) for one in KEPT_COLUMNS} | {"revision": kept.revision + 1}
    await session.execute(insert(Entry).values(**columns))
    await session.execute(delete(RemovedEntry).where(col(RemovedEntry.id) == entry_id))
    await note_present(session, draft, name)
    await touch(session, draft.profile_id)
    return entry_shown(entry_id, kept.revision + 1, record.values)


async def forget_removed(database: Database) -> None:
    """Forget the entries that were taken out more than a day ago."""

    async def forget(session: Session) -> None:
        """One statement."""
        await session.execute(delete(RemovedEntry).where(col(RemovedEntry.removed_at) < clock.now_sql() - KEPT))

    await database.act(forget)


async def _count(session: Session, draft: Draft, section: str) -> int:
    """How many entries a section has."""
    wanted = select(func.count()).where(col(Entry.profile_id) == draft.profile_id, col(Entry.section) == section)
    return int((await session.execute(wanted)).scalar_one())


async def _shown(session: Session, draft: Draft, section: Section) -> dict[str, Any]:
    """A section as the API shows it."""
    records = await drafts.records(session, draft)
    lacking = {one.section for one in await missing(session, draft, records)}
    return section_shown(section, records) | {"complete": section.section not in lacking}
