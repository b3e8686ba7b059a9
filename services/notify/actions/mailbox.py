"""Keeps what arrives in the built-in mailbox."""

import json
from dataclasses import asdict

from sqlalchemy import insert

from services.notify.models import MailboxLetter
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.mailbox import Arrived
from shared.kit.vault import vault


async def keep_arrived(session: Session, letter: Arrived) -> None:
    """Keep one letter, encrypted: its links hold tokens."""
    content = vault().wrap(json.dumps(asdict(letter), ensure_ascii=False), "mailbox")
    to_index = vault().index(letter.to, "mailbox")
    await session.execute(insert(MailboxLetter).values(id=new_id(), to_index=to_index, content=content))
