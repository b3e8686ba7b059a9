"""Sends deliveries that failed once more: one, or all of a cause."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlmodel import col

from services.notify.models import Delivery
from services.notify.queries.deliveries import STUCK, delivery, is_expired, require_administrator
from services.notify.schemas import DeliveryDetail, Retried, RetryMany
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Missing
from shared.contracts.texts import _
from shared.kit import audit, clock, dispatch
from shared.kit.database import Session

AT_ONCE = 5000
"""Deliveries that one call sends again."""


async def retry_delivery(session: Session, caller: Caller, delivery_id: UUID) -> DeliveryDetail:
    """Queue a failed or waiting delivery again, at once, with another day to try.

    Refused as Missing where there is none, as Conflict when it was sent, is on its way, or its link has expired.
    """
    require_administrator(caller)
    asked = select(Delivery).where(col(Delivery.id) == delivery_id).with_for_update()
    row = (await session.execute(asked)).scalar_one_or_none()
    if row is None:
        raise Missing
    if row.status not in STUCK:
        raise Conflict("delivery_not_failed", _("只有投递失败或等待重试的信函可以重新发送。"))
    if is_expired(row, await clock.now(session)):
        raise Conflict("letter_expired", _("信中的链接已过期，请让收件人重新申请。"))
    again = _again(enqueued_at=clock.now_sql())
    await session.execute(update(Delivery).where(col(Delivery.id) == row.id).values(**again))
    dispatch.after_commit(session, row.job.name, row.queue, row.id)
    await audit.note(session, caller, "delivery_retried", "delivery", row.id)
    return await delivery(session, caller, row.id)


async def retry_deliveries(session: Session, caller: Caller, body: RetryMany) -> Retried:
    """Queue all deliveries of a state and a cause again, the oldest first, so many at once; the sweeper sends them.

    Those whose links have expired stay as they are.
    """
    require_administrator(caller)
    wanted = [col(Delivery.status) == body.state]
    if body.cause is not None:
        wanted.append(col(Delivery.last_error) == body.cause)
    usable = or_(col(Delivery.expires_at).is_(None), col(Delivery.expires_at) > clock.now_sql())
    chosen = select(col(Delivery.id)).where(*wanted, usable).order_by(col(Delivery.id)).limit(AT_ONCE)
    again = update(Delivery).where(col(Delivery.id).in_(chosen.with_for_update(skip_locked=True)))
    done = await session.execute(again.values(**_again(enqueued_at=None)).returning(col(Delivery.id)))
    retried, expired = len(done.all()), await _count(session, *wanted, ~usable)
    cause = body.cause and body.cause.replace(" ", "_")
    await audit.note(session, caller, "deliveries_retried", "delivery", state=body.state, cause=cause, count=retried)
    return Retried(retried=retried, expired=expired)


def _again(enqueued_at: object) -> dict[str, Any]:
    """A row that is due now, and has another day."""
    fresh = {"next_at": clock.now_sql(), "created_at": clock.now_sql(), "finished_at": None}
    return {"status": "retry", "enqueued_at": enqueued_at, **fresh}


async def _count(session: Session, *wanted: ColumnElement[bool]) -> int:
    """How many there are."""
    asked = select(func.count()).select_from(Delivery).where(*wanted)
    return int((await session.execute(asked)).scalar_one())
