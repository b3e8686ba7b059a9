"""Messages in the portal: the copies of one's letters."""

from uuid import UUID

from services.notify import actions
from services.notify.queries import messages as copies
from services.notify.schemas import Message, Messages, ReadAll
from shared.kit.web import CallerDep, DatabaseDep, PageDep, router

routes = router("/messages", tags=["announcements and messages"])


@routes.get("")
async def messages(
    caller: CallerDep,
    database: DatabaseDep,
    page: PageDep,
    unread: bool = False,  # noqa: FBT001, FBT002 - a query parameter
) -> Messages:
    """The portal's copies of the caller's letters, newest first."""
    return await database.read(copies.messages, caller, page, unread)


@routes.post("/read")
async def read_messages(caller: CallerDep, database: DatabaseDep) -> ReadAll:
    """Note that the caller has read every message."""
    return await database.act(actions.read_messages, caller)


@routes.post("/{message_id}/read")
async def read_message(message_id: UUID, caller: CallerDep, database: DatabaseDep) -> Message:
    """Note that the caller has read a message."""
    return await database.act(actions.read_message, caller, message_id)
