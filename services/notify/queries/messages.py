"""Messages in the portal: the copies of one's letters, in the language that one reads now."""

from uuid import UUID

from sqlalchemy import func, literal, select
from sqlmodel import col

from services.notify.models import Letter
from services.notify.queries import wording
from services.notify.queries.keysets import after_id
from services.notify.schemas import Message, Messages
from shared.contracts.identity import Caller
from shared.kit.database import Session
from shared.kit.web import Page

COUNTED = 100
"""How far unread ones are counted."""


async def messages(session: Session, caller: Caller, page: Page, unread: bool) -> Messages:  # noqa: FBT001 - as it is asked
    """The caller's messages, newest first; links that hold tokens are never among them."""
    asked = (
        select(Letter)
        .where(col(Letter.account_id) == caller.person, col(Letter.shown))
        .order_by(col(Letter.id).desc())
        .limit(page.limit + 1)
    )
    if unread:
        asked = asked.where(col(Letter.read_at).is_(None))
    if (key := after_id(page)) is not None:
        asked = asked.where(col(Letter.id) < key)
    letters, more = page.cut(list((await session.execute(asked)).scalars()))
    items = [await message(session, letter, caller.language) for letter in letters]
    listed = page.of(items, (str(letters[-1].id),) if more else None)
    return Messages(**dict(listed), unread=await _count_unread(session, caller.person))


async def _count_unread(session: Session, account_id: UUID) -> int:
    """How many are unread, as far as they are counted."""
    unread = (
        select(literal(1))
        .where(col(Letter.account_id) == account_id, col(Letter.shown), col(Letter.read_at).is_(None))
        .limit(COUNTED)
        .subquery()
    )
    return int((await session.execute(select(func.count()).select_from(unread))).scalar_one())


async def message(session: Session, letter: Letter, language: str) -> Message:
    """One letter as the portal shows it."""
    said = await wording.content(session, letter)
    return Message(
        message_id=letter.id,
        programme=letter.programme,
        letter=letter.letter,
        subject=wording.subject(letter, said, language),
        text=wording.text(letter, said, language),
        link=said.link,
        sent_at=letter.written_at,
        read_at=letter.read_at,
    )
