"""The history of a case as its reviewers read it."""

from sqlalchemy import select
from sqlmodel import col

from services.review.models import Case, Entry, Reviewer
from services.review.queries.organizations import organizations
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
