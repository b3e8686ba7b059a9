"""Answers profile's question: which seals have no decision behind them (law 10)."""

from sqlalchemy import select
from sqlmodel import col

from services.review.models import Case, ChangeRequest, Entry
from services.review.schemas import SealAnswer, SealAnswers, SealAsked, SealsAsked
from shared.kit.database import Session


async def unanswered_seals(session: Session, asked: SealsAsked) -> SealAnswers:
    """Say of each seal whether a decision stands behind it; profile lifts those that have none.

    The row that a decision would hold is locked first, in the order of the ids, so that one under way ends before
    the answer: a seal that is lifted has no decision, and none that began before will come.
    """
    ordered = sorted(asked.items, key=lambda item: (item.kind, item.id))
    decided = {(item.kind, item.id, item.version): await _is_decided(session, item) for item in ordered}
    answers = [SealAnswer(id=item.id, decided=decided[item.kind, item.id, item.version]) for item in asked.items]
    return SealAnswers(items=answers)


async def _is_decided(session: Session, item: SealAsked) -> bool:
    if item.kind == "change_request":
        held = select(col(ChangeRequest.status)).where(col(ChangeRequest.id) == item.id).with_for_update()
        return (await session.execute(held)).scalar_one_or_none() in {"approved", "rejected"}
    case = select(col(Case.id)).where(col(Case.submission_id) == item.id).with_for_update()
    case_id = (await session.execute(case)).scalar_one_or_none()
    decisions = select(col(Entry.id)).where(
        col(Entry.case_id) == case_id, col(Entry.kind) == "decided", col(Entry.version) == item.version
    )
    return (await session.execute(decisions.limit(1))).first() is not None
