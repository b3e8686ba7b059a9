"""Keeps what arrives in the built-in mailbox."""

import json
from dataclasses import asdict

from sqlalchemy import delete, insert, select
from sqlmodel import col

from services.notify.models import MailboxLetter
from shared.kit.database import Database, Session
from shared.kit.ids import new_id
from shared.kit.mailbox import Arrived
from shared.kit.vault import vault

MOST = 20_000
"""Letters that the mailbox keeps."""


async def keep_arrived(session: Session, letter: Arrived) -> None:
    """Keep one letter, encrypted: its links hold tokens."""
    content = vault().wrap(json.dumps(asdict(letter), ensure_ascii=False), "mailbox")
    to_index = vault().index(letter.to, "mailbox")
    await session.execute(insert(MailboxLetter).values(id=new_id(), to_index=to_index, content=content))


async def tidy_mailbox(database: Database) -> None:
    """Keep the newest letters of the built-in mailbox, and drop the others."""
    await database.act(_trim)


async def _trim(session: Session) -> None:
    """Drop what is older than the last letter that is kept."""
    oldest = select(col(MailboxLetter.id)).order_by(col(MailboxLetter.id).desc()).offset(MOST - 1).limit(1)
    await session.execute(delete(MailboxLetter).where(col(MailboxLetter.id) < oldest.scalar_subquery()))
