"""Messages in the portal: read once is read."""

from uuid import UUID

from sqlalchemy import func, update
from sqlmodel import col

from services.notify.models import Letter
from services.notify.queries import messages
from services.notify.schemas import Message, ReadAll
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session


async def read_message(session: Session, caller: Caller, message_id: UUID) -> Message:
    """Note that the caller has read a message, at the first time; refused as Missing for another's."""
    read = (
        update(Letter)
        .where(col(Letter.id) == message_id, col(Letter.account_id) == caller.person, col(Letter.shown))
        .values(read_at=func.coalesce(col(Letter.read_at), clock.now_sql()))
        .returning(Letter)
    )
    letter = (await session.execute(read)).scalar_one_or_none()
    if letter is None:
        raise Missing
    return await messages.message(session, letter, caller.language)


async def read_messages(session: Session, caller: Caller) -> ReadAll:
    """Note that the caller has read every message; gives how many were unread."""
    unread = (
        update(Letter)
        .where(col(Letter.account_id) == caller.person, col(Letter.shown), col(Letter.read_at).is_(None))
        .values(read_at=clock.now_sql())
        .returning(col(Letter.id))
    )
    return ReadAll(read=len((await session.execute(unread)).all()))
