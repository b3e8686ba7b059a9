"""The one function that moves the state of a change request (law 3)."""

from typing import Any, Literal
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from services.profile.models import ChangedField, ChangeRequest
from shared.kit import clock
from shared.kit.database import Session


async def end_change(
    session: Session,
    request_id: UUID,
    to: Literal["approved", "rejected", "withdrawn"],
    **columns: Any,  # noqa: ANN401 - any column's value
) -> bool:
    """End a waiting change request; False where it waits no more, so that of two who end it one wins.

    1. One statement moves the state, only from `waiting`; a withdrawal only while no seal holds it (law 10).
    2. Its fields wait no more: they may be asked for again.
    The event that tells of it, and applying what was approved, are the caller's.
    """
    waiting = (col(ChangeRequest.id) == request_id) & (col(ChangeRequest.status) == "waiting")
    if to == "withdrawn":
        waiting &= col(ChangeRequest.sealed_at).is_(None)
    moved = await session.execute(
        update(ChangeRequest)
        .where(waiting)
        .values(status=to, ended_at=clock.now_sql(), **columns)
        .returning(col(ChangeRequest.id))
    )
    if moved.first() is None:
        return False
    await session.execute(
        update(ChangedField).where(col(ChangedField.change_request_id) == request_id).values(waiting=False)
    )
    return True
