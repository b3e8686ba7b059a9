"""Reads of the draft: where it stands, and its records with their values opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeAlias, cast
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlmodel import col

from services.profile.models import Entry, Organization, Profile, Submission
from services.profile.queries.programmes import programme_named
from services.profile.rules.contents import Records, contents
from services.profile.rules.drafts import Standing
from shared.kit.database import Session
from shared.kit.vault import vault
from shared.programmes.shape import Contents, Json, Programme

Found: TypeAlias = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A profile with the submission that it belongs to."""

    profile_id: UUID
    account_id: UUID
    programme: Programme
    submission_id: UUID
    case_id: UUID
    number: str | None
    talent_type: str | None
    registration: bytes | None
    last_modified_at: datetime
    standing: Standing
    absent: frozenset[str] = frozenset()
    """Sections of which the applicant says that there is nothing to declare."""
    heirs: Mapping[str, str] = field(default_factory=dict)
    """Organizations that were merged, by who took their place: a draft that names the one means the other."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a section, opened."""

    entry_id: UUID
    section: str
    revision: int
    values: dict[str, Json]


def drafts_selected() -> Select[*tuple[Any, ...]]:
    """Profiles beside their submissions, and which organizations were merged."""
    merged = select(func.jsonb_object_agg(col(Organization.id), col(Organization.merged_into)))
    heirs = merged.where(col(Organization.merged_into).is_not(None)).scalar_subquery()
    return select(
        col(Profile.id).label("profile_id"),
        col(Profile.account_id),
        col(Profile.programme),
        col(Profile.talent_type),
        col(Profile.registration),
        col(Profile.absent),
        col(Profile.last_modified_at),
        col(Submission.id).label("submission_id"),
        col(Submission.case_id),
        col(Submission.number),
        col(Submission.status),
        col(Submission.version),
        col(Submission.round),
        col(Submission.sealed_version),
        col(Submission.file_again_until),
        heirs.label("heirs"),
    ).join(Submission, col(Submission.profile_id) == col(Profile.id))


def draft_of(row: Found) -> Draft:
    """The draft of one row."""
    standing = Standing(
        status=row.status,
        version=row.version,
        round=row.round,
        is_sealed=row.sealed_version is not None,
        file_again_until=row.file_again_until,
    )
    return Draft(
        profile_id=row.profile_id,
        account_id=row.account_id,
        programme=programme_named(row.programme),
        submission_id=row.submission_id,
        case_id=row.case_id,
        number=row.number,
        talent_type=row.talent_type,
        registration=row.registration,
        last_modified_at=row.last_modified_at,
        standing=standing,
        absent=frozenset(row.absent),
        heirs=row.heirs or {},
    )


async def own(session: Session, account_id: UUID, slug: str, *, lock: bool = False) -> Draft | None:
    """An account's draft in a programme; locked against every other writer where asked."""
    wanted = drafts_selected().where(col(Profile.account_id) == account_id, col(Profile.programme) == slug)
    row = (await session.execute(wanted.with_for_update(of=Submission) if lock else wanted)).first()
    return draft_of(row) if row else None


async def of_submission(session: Session, submission_id: UUID, *, lock: bool = False) -> Draft | None:
    """The draft that a submission belongs to."""
    wanted = drafts_selected().where(col(Submission.id) == submission_id)
    row = (await session.execute(wanted.with_for_update(of=Submission) if lock else wanted)).first()
    return draft_of(row) if row else None


async def records(session: Session, draft: Draft) -> list[Record]:
    """Every record of a draft in its order, opened with one look-up of the key."""
    rows = (await session.execute(_entries(draft.profile_id))).all()
    found = await opened(session, draft.account_id, rows)
    return [_at_heirs(record, draft) for record in found] if draft.heirs else found


def _at_heirs(record: Record, draft: Draft) -> Record:
    """The record with the organizations that it means by now."""
    section = next(known for known in draft.programme.sections if known.section == record.section)
    named = {name: draft.heirs.get(str(record.values.get(name))) for name in section.organization_fields}
    meant: dict[str, Json] = {name: heir for name, heir in named.items() if heir is not None}
    return replace(record, values={**record.values, **meant}) if meant else record


def _entries(profile_id: UUID) -> Select[*tuple[Any, ...]]:
    """The entries of a profile: those that were put into an order, then the others as they were made."""
    return (
        select(col(Entry.id), col(Entry.section), col(Entry.revision), col(Entry.content))
        .where(col(Entry.profile_id) == profile_id)
        .order_by(col(Entry.position).nulls_last(), col(Entry.created_at), col(Entry.id))
    )


async def opened(session: Session, account_id: UUID, rows: Sequence[Found]) -> list[Record]:
    """Rows of `entry` with their values opened."""
    places = [(row.content, "entry", "content", row.id) for row in rows]
    values = await vault().open_many(session, account_id, places)
    return [
        Record(row.id, row.section, row.revision, cast("dict[str, Json]", value))
        for row, value in zip(rows, values, strict=True)
    ]


def by_section(found: Sequence[Record]) -> Records:
    """Records as the laws read them."""
    sorted_in: dict[str, list[tuple[str, dict[str, Json]]]] = {}
    for record in found:
        sorted_in.setdefault(record.section, []).append((str(record.entry_id), record.values))
    return sorted_in


def contents_of(draft: Draft, found: Sequence[Record]) -> Contents:
    """A draft's records as its programme's laws read them."""
    return contents(draft.programme, by_section(found))
