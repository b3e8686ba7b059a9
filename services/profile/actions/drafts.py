"""Opening a profile, and asking for it in order to edit it."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID, uuid5

from sqlalchemy import insert, literal, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlmodel import col

from services.profile import clients
from services.profile.actions.notices import QUEUE
from services.profile.models import Entry, Profile, ScanReading, ScanRecheck, Submission
from services.profile.queries import drafts, progress
from services.profile.queries.drafts import Draft
from services.profile.queries.programmes import programme_named
from services.profile.rules import drafts as law
from shared.contracts.refusals import Conflict, Missing
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.vault import Json as Sealable, vault
from shared.programmes.shape import Json, Programme


async def open_profile(session: Session, account_id: UUID, slug: str, *, lock: bool = False) -> Draft:
    """Give an account's profile in a programme, made at the first asking (auth says where the account came from).

    404 for an unknown programme, and for one that the account may not open. `lock`: against every other writer.
    """
    programme = programme_named(slug)
    found = await drafts.own(session, account_id, slug, lock=lock)
    if found is None:
        origin = await clients.origin(account_id, slug)
        if not law.may_open(programme, origin.programmes, origin.opened_by):
            raise Missing
        await make_profile(session, account_id, programme, origin.facts)
        found = await drafts.own(session, account_id, slug, lock=lock)
    if found is None:
        raise Missing
    return found


async def make_profile(session: Session, account_id: UUID, programme: Programme, facts: Mapping[str, Json]) -> None:
    """Make a profile with its submission, and begin its sections with the facts; one made meanwhile stays."""
    profile_id = new_id()
    kept = programme.prefill.registration(facts)
    sealed = await vault().seal(
        session, account_id, cast("Sealable", kept), table="profile", column="registration", row_id=profile_id
    )
    made = await session.execute(
        insert_or(Profile)
        .values(
            id=profile_id,
            account_id=account_id,
            programme=programme.programme,
            registration=sealed,
            talent_type=facts.get("talent_type"),
        )
        .on_conflict_do_nothing()
        .returning(col(Profile.id))
    )
    if made.first() is None:
        return
    await session.execute(
        insert(Submission).values(
            id=new_id(),
            profile_id=profile_id,
            account_id=account_id,
            programme=programme.programme,
            case_id=new_id(),
        )
    )
    await _begin_sections(session, account_id, profile_id, programme, facts)


async def _begin_sections(
    session: Session, account_id: UUID, profile_id: UUID, programme: Programme, facts: Mapping[str, Json]
) -> None:
    """Write the single sections that begin with something."""
    for section in programme.sections:
        values = {} if section.repeated else law.beginning(section, programme, facts)
        if values:
            entry_id = single_id(profile_id, section.section)
            content = await seal_entry(session, account_id, entry_id, values)
            await session.execute(
                insert(Entry).values(
                    id=entry_id, profile_id=profile_id, section=section.section, single=True, content=content
                )
            )


def single_id(profile_id: UUID, section: str) -> UUID:
    """The id of a single section's record: the same in the draft and in every snapshot, known before it is made."""
    return uuid5(profile_id, section)


async def seal_entry(session: Session, account_id: UUID, entry_id: UUID, values: Mapping[str, Json]) -> bytes:
    """A record's values as `entry.content` keeps them."""
    return await vault().seal(
        session, account_id, cast("Sealable", dict(values)), table="entry", column="content", row_id=entry_id
    )


async def editable(session: Session, account_id: UUID, slug: str) -> Draft:
    """An account's draft, locked for an edit; refused while it is approved or the employer has decided."""
    draft = await open_profile(session, account_id, slug, lock=True)
    if draft.standing.is_locked:
        raise await refusal_of_lock(session, draft, "in_review")
    return draft


async def refusal_of_lock(session: Session, draft: Draft, code: str) -> Conflict:
    """Why a locked draft is not to be touched: approved, or `code` with the tier that holds it."""
    if draft.standing.status == "approved":
        return Conflict(code="approved", sentence=law.LOCKED_APPROVED)
    held: Mapping[str, Any] = await progress.holder(session, draft)
    return Conflict(
        code=code,
        sentence=law.LOCKED_IN_REVIEW,
        members={"tier": held["tier"], "organization": held["organization"]},
        tier=held["title"],
        organization=held["organization"]["name"],
    )


async def touch(session: Session, profile_id: UUID) -> None:
    """Note that a profile was modified now; where scans of its owner were read, they are checked again soon.

    One statement, for every save runs it; one such job of an account waits at a time.
    """
    touched = (
        update(Profile)
        .where(col(Profile.id) == profile_id)
        .values(last_modified_at=clock.now_sql())
        .returning(col(Profile.account_id))
        .cte("touched")
    )
    read = select(col(ScanReading.scan_id)).where(col(ScanReading.account_id) == touched.c.account_id).exists()
    wanted = select(literal(new_id()), literal(QUEUE), touched.c.account_id).where(read)
    await session.execute(
        insert_or(ScanRecheck)
        .from_select(["id", "queue", "account_id"], wanted, include_defaults=False)
        .on_conflict_do_nothing(index_elements=[col(ScanRecheck.account_id)], index_where=text("status = 'queued'"))
    )
