"""The history of a case as its reviewers read it, and the check that nobody altered it."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.review.models import Case, Entry, Reviewer
from services.review.queries.organizations import organizations
from services.review.rules import broken_at
from services.review.schemas import HistoryItem, Person
from shared.kit.database import Session


async def history_of(session: Session, case: Case) -> list[HistoryItem]:
    """Everything that happened to the case, in the order of time."""
    wanted = (
        select(Entry, col(Reviewer.name))
        .outerjoin(Reviewer, col(Reviewer.account_id) == col(Entry.reviewer_id))
        .where(col(Entry.case_id) == case.id)
        .order_by(col(Entry.at), col(Entry.seq))
    )
    rows = (await session.execute(wanted)).all()
    known = await organizations(session, {row[0].organization_id: row[0].organization_name for row in rows})
    return [
        HistoryItem(
            at=entry.at,
            event=entry.kind,
            tier=entry.tier,
            organization=known[entry.organization_id],
            reviewer=Person(account_id=entry.reviewer_id, name=name) if entry.reviewer_id else None,
            version=entry.version,
            round=entry.round,
            decision=entry.decision,
            comment=entry.comment,
            remarks=entry.remarks,
            category=entry.category,
        )
        for entry, name in rows
    ]


async def broken_histories(
    session: Session, after: UUID | None, limit: int
) -> tuple[list[tuple[UUID, int]], int, UUID | None]:
    """Check so many cases after that one.

    Gives the broken ones with their first broken entry, how many were checked, and the last of them.
    """
    wanted = select(col(Case.id)).order_by(col(Case.id)).limit(limit)
    if after is not None:
        wanted = wanted.where(col(Case.id) > after)
    case_ids = (await session.execute(wanted)).scalars().all()
    checked = [(case_id, await broken_entry(session, case_id)) for case_id in case_ids]
    broken = [(case_id, seq) for case_id, seq in checked if seq is not None]
    return broken, len(case_ids), case_ids[-1] if case_ids else None


async def broken_entry(session: Session, case_id: UUID) -> int | None:
    """The first entry of a case's history that was altered, removed or inserted; None where all of it holds."""
    head = (await session.execute(select(col(Case.history_head)).where(col(Case.id) == case_id))).scalar_one()
    rows = await session.execute(select(Entry).where(col(Entry.case_id) == case_id).order_by(col(Entry.seq)))
    entries = [
        (entry.seq, entry.prev_hash, entry.hash, entry.model_dump(exclude={"prev_hash", "hash"}))
        for entry in rows.scalars()
    ]
    return broken_at(entries, head)
