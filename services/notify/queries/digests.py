"""Who has letters that wait for the daily digest, and what each of them would say."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.notify.models import Letter
from services.notify.queries import wording
from services.notify.rules import Json
from shared.kit.database import Session

MOST = 500
"""Letters that one digest lists; what is beyond stands in the portal."""


async def accounts_waiting(session: Session, until: datetime) -> list[UUID]:
    """The accounts with letters that were written before that moment and wait."""
    asked = select(col(Letter.account_id)).where(col(Letter.for_digest), col(Letter.written_at) < until).distinct()
    return list((await session.execute(asked)).scalars())


async def waiting(session: Session, account_id: UUID, until: datetime) -> list[Letter]:
    """One account's letters that wait, the oldest first, locked so that only one digest takes them."""
    asked = (
        select(Letter)
        .where(col(Letter.account_id) == account_id, col(Letter.for_digest), col(Letter.written_at) < until)
        .order_by(col(Letter.id))
        .limit(MOST)
        .with_for_update()
    )
    return list((await session.execute(asked)).scalars())


async def lines(session: Session, letters: list[Letter], language: str) -> list[Json]:
    """A line for each: when it was written, and its subject."""
    return [
        {
            "at": letter.written_at.isoformat(),
            "subject": wording.subject(letter, await wording.content(session, letter), language),
        }
        for letter in letters
    ]
