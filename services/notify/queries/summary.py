"""Deliveries at a glance: how many stand where, and why those that stand still do."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from services.notify.models import Delivery
from services.notify.queries.deliveries import SHOWN, STUCK, require_administrator
from services.notify.rules.causes import OTHERWISE, cause_in_words
from services.notify.schemas import CauseShown, DeliveryStates, Summary
from shared.contracts.identity import Caller
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.texts import translate

OPEN = ("queued", "running", "retry", "failed", "cancelled")
DAY = timedelta(hours=24)
MOST_CAUSES = 50


async def summary(session: Session, caller: Caller) -> Summary:
    """Count by state; group what failed, waits for another try or was cancelled by its cause."""
    require_administrator(caller)
    counted = select(col(Delivery.status), func.count()).where(col(Delivery.status).in_(OPEN))
    found = (await session.execute(counted.group_by(col(Delivery.status)))).all()
    states = dict.fromkeys(OPEN, 0) | {status: number for status, number in found}  # noqa: C416 - rows are no pairs to mypy
    sent = select(func.count()).where(col(Delivery.status) == "done", col(Delivery.finished_at) > clock.now_sql() - DAY)
    shown = {SHOWN.get(status, status): number for status, number in states.items()}
    return Summary(
        states=DeliveryStates(**shown, sent_last_day=(await session.execute(sent)).scalar_one()),
        causes=await _causes(session, caller.language),
    )


async def _causes(session: Session, language: str) -> list[CauseShown]:
    """The causes, the commonest first."""
    number, state, cause = func.count(), col(Delivery.status), col(Delivery.last_error)
    asked = (
        select(state, cause, number, func.min(col(Delivery.created_at)), func.max(col(Delivery.created_at)))
        .where(state.in_((*STUCK, "cancelled")), cause.is_not(None))
        .group_by(state, cause)
        .order_by(number.desc(), cause, state)
        .limit(MOST_CAUSES)
    )
    return [
        CauseShown(
            state=status,  # type: ignore[arg-type]  # the three that were asked for
            cause=str(why),
            cause_text=translate(cause_in_words(why) or OTHERWISE, language),
            count=count,
            first_at=first,
            last_at=last,
            can_retry=status in STUCK,
        )
        for status, why, count, first, last in (await session.execute(asked)).all()
    ]
