"""The built-in mailbox, for developers and tests."""

from typing import Annotated

from fastapi import Query

from services.notify.queries import mailbox
from services.notify.schemas import MailboxPage
from shared.kit.web import CallerDep, DatabaseDep, router

routes = router("/dev", tags=["development"])
Filter = Annotated[str | None, Query(max_length=320)]


@routes.get("/mailbox/messages")
async def mailbox_messages(
    _caller: CallerDep, database: DatabaseDep, to: Filter = None, subject: Filter = None
) -> MailboxPage:
    """Letters in the built-in mailbox, newest first; `to` is one whole address, `subject` a part."""
    return await database.read(mailbox.mailbox_letters, to, subject)
