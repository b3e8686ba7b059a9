"""Sends a delivery that failed once more, to the address that the person has now."""

from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from services.notify.models import Delivery
from services.notify.queries import deliveries
from services.notify.schemas import DeliveryShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Missing
from shared.contracts.texts import _
from shared.kit import clock, dispatch
from shared.kit.database import Session


async def retry_delivery(session: Session, caller: Caller, delivery_id: UUID) -> DeliveryShown:
    """Queue a failed or waiting delivery again, at once, with another day to try.

    Refused as Missing where there is none, as Conflict when it was sent, is on its way, or its link has expired.
    """
    deliveries.require_administrator(caller)
    asked = select(Delivery).where(col(Delivery.id) == delivery_id).with_for_update()
    row = (await session.execute(asked)).scalar_one_or_none()
    if row is None:
        raise Missing
    if row.status not in {"failed", "retry"}:
        raise Conflict("delivery_not_failed", _("只有投递失败或等待重试的信函可以重新发送。"))
    if row.expires_at is not None and row.expires_at <= await clock.now(session):
        raise Conflict("letter_expired", _("信中的链接已过期，请让收件人重新申请。"))
    again = {"status": "retry", "next_at": clock.now_sql(), "created_at": clock.now_sql(), "finished_at": None}
    await session.execute(
        update(Delivery).where(col(Delivery.id) == row.id).values(enqueued_at=clock.now_sql(), **again)
    )
    dispatch.after_commit(session, row.job.name, row.queue, row.id)
    return await deliveries.delivery(session, row.id)
