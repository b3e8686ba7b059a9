"""The built-in mailbox as tests and developers read it."""

import json
from datetime import UTC

from sqlalchemy import select
from sqlmodel import col

from services.notify.models import MailboxLetter
from services.notify.schemas import MailboxPage, MailboxShown
from services.notify.settings import settings
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.vault import vault

MOST = 1000
AT_ONCE = 200


async def mailbox_letters(session: Session, to: str | None, subject: str | None) -> MailboxPage:
    """The letters to exactly that address whose subject holds that text, newest first, 1,000 at most.

    Refused as Missing where there is no built-in mailbox.
    """
    if not settings().has_mailbox:
        raise Missing
    asked = select(MailboxLetter).order_by(col(MailboxLetter.id).desc())
    if to is not None:
        asked = asked.where(col(MailboxLetter.to_index) == vault().index(to, "mailbox"))
    found: list[MailboxShown] = []
    rows = await session.stream_scalars(asked.execution_options(yield_per=AT_ONCE))
    async for row in rows:
        shown = _shown(row)
        if subject is None or subject in shown.subject:
            found.append(shown)
        if len(found) == MOST:
            break
    await rows.close()
    return MailboxPage(items=found)


def _shown(row: MailboxLetter) -> MailboxShown:
    """One letter opened."""
    letter = json.loads(vault().unwrap(row.content, "mailbox"))
    return MailboxShown(**letter, sent_at=row.arrived_at.astimezone(UTC))
