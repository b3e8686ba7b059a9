"""Seals (law 10): review asks for one before its first decision; one without a decision is lifted in time."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Select, select, tuple_, update
from sqlmodel import col

from services.profile import clients
from services.profile.models import ChangeRequest, Submission
from services.profile.queries import seals as queries
from services.profile.queries.seals import Held
from services.profile.rules import seals as law
from services.profile.rules.seals import Asked
from services.profile.settings import settings
from shared.contracts.refusals import Unavailable
from shared.kit import clock
from shared.kit.database import Database, Session

Answers: TypeAlias = list[dict[str, Any]]
Key: TypeAlias = tuple[str, UUID, int]


async def seal(session: Session, items: Sequence[Asked]) -> dict[str, Answers]:
    """Seal each version named that is the newest, in review and not withdrawn; gives an answer each, same order.

    Sealing the same version twice is harmless. From then on editing, filing again and withdrawing are refused.
    """
    filings = [item for item in items if item.kind == "submission"]
    answers: dict[Key, dict[str, Any]] = await _seal_versions(session, filings) if filings else {}
    asked = [item for item in items if item.kind == "change_request"]
    answers |= await _seal_changes(session, asked) if asked else {}
    return {"items": [answers[item.kind, item.id, item.version] for item in items]}


async def _seal_versions(session: Session, items: Sequence[Asked]) -> dict[Key, dict[str, Any]]:
    """Seal versions of submissions; rows are locked in the order of their ids, so that batches never deadlock."""
    wanted = (
        select(col(Submission.id), col(Submission.version), col(Submission.status))
        .where(col(Submission.id).in_({item.id for item in items}))
        .order_by(col(Submission.id))
        .with_for_update()
    )
    found = {row.id: row for row in await session.execute(wanted)}
    sealed = await session.execute(
        update(Submission)
        .where(
            tuple_(col(Submission.id), col(Submission.version)).in_([(item.id, item.version) for item in items]),
            col(Submission.status) == "in_review",
        )
        .values(sealed_version=col(Submission.version), sealed_at=clock.now_sql())
        .returning(col(Submission.id), col(Submission.version))
    )
    held = {(row.id, row.version) for row in sealed}
    answers: dict[Key, dict[str, Any]] = {}
    for item in items:
        row = found.get(item.id)
        newest, status = (row.version, row.status) if row else (None, None)
        reason = None if (item.id, item.version) in held else law.refusal(item.version, newest, status)
        answers[item.kind, item.id, item.version] = _answer(item, reason, newest)
    return answers


async def _seal_changes(session: Session, items: Sequence[Asked]) -> dict[Key, dict[str, Any]]:
    """Seal change requests: waiting ones of approved submissions; one that was decided already stays sealed."""
    wanted: Select[*tuple[Any, ...]] = (
        select(col(ChangeRequest.id), col(ChangeRequest.status), col(Submission.status).label("submission"))
        .join(Submission, col(Submission.id) == col(ChangeRequest.submission_id))
        .where(col(ChangeRequest.id).in_({item.id for item in items}))
        .order_by(col(ChangeRequest.id))
        .with_for_update(of=ChangeRequest)
    )
    found = {row.id: row for row in await session.execute(wanted)}
    reasons = {
        item.id: law.change_refusal(found[item.id].status, found[item.id].submission)
        if item.id in found
        else law.change_refusal(None, None)
        for item in items
    }
    await session.execute(
        update(ChangeRequest)
        .where(
            col(ChangeRequest.id).in_([change for change, reason in reasons.items() if reason is None]),
            col(ChangeRequest.status) == "waiting",
        )
        .values(sealed_at=clock.now_sql())
    )
    return {(item.kind, item.id, item.version): _answer(item, reasons[item.id], item.version) for item in items}


def _answer(item: Asked, reason: law.Reason | None, newest: int | None) -> dict[str, Any]:
    """What review hears of one item."""
    return {"id": str(item.id), "sealed": reason is None, "reason": reason, "version": newest}


async def lift_unanswered(database: Database) -> None:
    """Lift seals without a decision, a minute old, once review has said that it has none.

    Review lets a decision that is under way end first. One that seals anew meanwhile keeps its seal: it is lifted
    only as it was when review was asked. With review away, seals wait.
    """
    held = await database.read(queries.unsettled, timedelta(seconds=settings().seal_seconds))
    if not held:
        return
    try:
        undecided = await clients.undecided([seal.asked for seal in held])
    except Unavailable:
        return
    await database.act(_settle, held, undecided)


async def _settle(session: Session, held: Sequence[Held], undecided: set[UUID]) -> None:
    """Free the seals that have no decision; mark those of submissions that have one."""
    for seal_held in sorted(held, key=lambda one: one.asked.id):
        table = Submission if seal_held.asked.kind == "submission" else ChangeRequest
        same = (col(table.id) == seal_held.asked.id) & (col(table.sealed_at) == seal_held.sealed_at)
        if seal_held.asked.id not in undecided:
            if table is Submission:
                await session.execute(update(Submission).where(same).values(seal_settled=True))
        elif table is Submission:
            free = update(Submission).where(same, ~col(Submission.seal_settled))
            await session.execute(free.values(sealed_version=None, sealed_at=None))
        else:
            waiting = col(ChangeRequest.status) == "waiting"
            await session.execute(update(ChangeRequest).where(same, waiting).values(sealed_at=None))
