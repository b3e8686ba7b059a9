"""The check that nobody altered what happened to a case (quality A59): hashes, the case's own note, its state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlalchemy import select, union
from sqlmodel import col

from services.review.models import Case, Entry, Sight, Snapshot, Turn
from services.review.rules import Finding, Linked, recorded, sealed_text, tampering
from shared.kit.database import Session
from shared.kit.vault import vault

HISTORY_SEAL = "history_seal"
"""The purpose of the keyed seal of a case's history."""


@dataclass(frozen=True, slots=True)
class Tampered:
    """A finding with the case that it is of."""

    case_id: UUID
    number: str
    finding: Finding


async def tampering_in(
    session: Session, after: UUID | None, limit: int, case_id: UUID | None = None
) -> tuple[list[Tampered], int, UUID | None]:
    """Check so many cases after that one, or a single one.

    Gives what was found, how many cases were checked, and the last of them.
    """
    wanted = select(Case).order_by(col(Case.id)).limit(limit)
    if after is not None:
        wanted = wanted.where(col(Case.id) > after)
    if case_id is not None:
        wanted = wanted.where(col(Case.id) == case_id)
    checked = (await session.execute(wanted)).scalars().all()
    entries = await _entries(session, [case.id for case in checked])
    found = [
        Tampered(case.id, case.number, finding)
        for case in checked
        for finding in _of_case(case, entries.get(case.id, []))
    ]
    return found, len(checked), checked[-1].id if checked else None


async def removed_cases(session: Session) -> list[Tampered]:
    """Cases that left traces, but are themselves gone."""
    traces = union(*(select(table.case_id) for table in (Entry, Turn, Sight, Snapshot))).subquery()  # type: ignore[call-overload]  # columns of models
    gone = select(traces.c.case_id).where(traces.c.case_id.not_in(select(col(Case.id)))).order_by(traces.c.case_id)
    ids = (await session.execute(gone)).scalars().all()
    return [Tampered(case_id, "", Finding(0, None, "case_removed")) for case_id in ids]


async def _entries(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, list[Entry]]:
    """The histories of these cases."""
    rows = await session.execute(
        select(Entry)
        .where(col(Entry.case_id).in_(case_ids))
        .order_by(col(Entry.case_id), col(Entry.seq), col(Entry.id))
    )
    return {key: list(held) for key, held in groupby(rows.scalars(), key=lambda entry: entry.case_id)}


def _of_case(case: Case, entries: Sequence[Entry]) -> Iterator[Finding]:
    """What does not hold of one case."""
    yield from tampering((_linked(entry) for entry in entries), case.history_seq, case.history_head)
    seal = vault().index(sealed_text(case.id, case.history_seq, case.history_head), HISTORY_SEAL)
    if case.history_seal != (seal if case.history_seq else ""):
        yield Finding(case.history_seq, None, "head_altered")
    if case.version and not _agrees(case, entries):
        yield Finding(case.history_seq, None, "case_altered")


def _agrees(case: Case, entries: Sequence[Entry]) -> bool:
    """Whether the case stands where its history brought it."""
    told = recorded([entry.model_dump() for entry in entries], [str(step["tier"]) for step in case.route])
    membership = case.category, case.membership_number, case.approved_on
    if told != (case.round, case.version, case.state, *membership, case.position) or not case.route:
        return False
    step = case.route[case.position]
    return (case.tier, str(case.organization_id)) == (step["tier"], step["organization_id"])


def _linked(entry: Entry) -> Linked:
    columns = entry.model_dump(exclude={"prev_hash", "hash"})
    return Linked(entry.id, entry.seq, bytes(entry.prev_hash), bytes(entry.hash), columns)
