"""Reads all that notify keeps of one person, as it is given to that person (PIPL, article 45)."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.notify.models import AnnouncementRead, Delivery, Letter, Recipient
from services.notify.queries import wording
from shared.kit.database import Session
from shared.kit.vault import vault


async def everything(session: Session, account_id: UUID) -> dict[str, Any]:
    """The address card, every letter with its way, and which announcements were read.

    Letters that hold a token (reset links) are listed without their words.
    """
    return {
        "card": await _card(session, account_id),
        "letters": await _letters(session, account_id),
        "announcements_read": await _read(session, account_id),
    }


async def _card(session: Session, account_id: UUID) -> dict[str, Any] | None:
    """Name and address that letters go to, and how they are wanted; None where nothing was heard yet."""
    person = await session.get(Recipient, account_id)
    if person is None:
        return None
    card = await vault().open(
        session, account_id, person.card, table="recipient", column="card", row_id=person.account_id
    )
    said = dict(card) if isinstance(card, dict) else {}
    return {**said, "language": person.language, "mail_mode": person.mail_mode}


async def _letters(session: Session, account_id: UUID) -> list[dict[str, Any]]:
    """Every letter, the oldest first."""
    asked = (
        select(Letter, Delivery)
        .outerjoin(Delivery, col(Delivery.letter_id) == col(Letter.id))
        .where(col(Letter.account_id) == account_id)
        .order_by(col(Letter.id))
    )
    return [await _letter(session, row[0], row[1]) for row in (await session.execute(asked)).all()]


async def _letter(session: Session, letter: Letter, delivery: Delivery | None) -> dict[str, Any]:
    """A letter as it was said, where it went, and when."""
    said = await wording.content(session, letter)
    address = None
    if delivery is not None:
        address = await vault().open(
            session, letter.account_id, delivery.address, table="delivery", column="address", row_id=delivery.id
        )
    return {
        "letter": letter.letter,
        "programme": letter.programme,
        "written_at": letter.written_at,
        "read_at": letter.read_at,
        "subject": wording.subject(letter, said, letter.language),
        "text": None if said.token else wording.text(letter, said, letter.language),
        "address": address,
        "state": delivery.status if delivery else None,
        "sent_at": delivery.sent_at if delivery else None,
    }


async def _read(session: Session, account_id: UUID) -> list[dict[str, Any]]:
    """Which announcements, and when."""
    asked = select(AnnouncementRead).where(col(AnnouncementRead.account_id) == account_id)
    rows = (await session.execute(asked.order_by(col(AnnouncementRead.read_at)))).scalars()
    return [{"announcement_id": row.announcement_id, "read_at": row.read_at} for row in rows]
