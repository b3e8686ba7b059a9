"""Door 1: messages and announcements for everybody, deliveries for administrators, the mailbox for developers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.notify import actions
from services.notify.queries import announcements as announced, deliveries as delivered, mailbox, messages as copies
from services.notify.schemas import (
    Announce,
    AnnouncementShown,
    DeliveryShown,
    MailboxPage,
    Message,
    State,
)
from shared.kit.web import CallerDep, DatabaseDep, OnceDep, PageDep, router
from shared.kit.web.paging import Listed

people = router(tags=["announcements and messages"])
administration = router("/admin", tags=["administration"])
development = router("/dev", tags=["development"])
Filter = Annotated[str | None, Query(max_length=320)]


@people.get("/announcements")
async def announcements(
    caller: CallerDep, database: DatabaseDep, page: PageDep, programme: Filter = None
) -> Listed[AnnouncementShown]:
    """What is announced to the caller, pinned ones first."""
    return await database.read(announced.announcements, caller, page, programme)


@people.get("/announcements/{announcement_id}")
async def announcement(announcement_id: UUID, caller: CallerDep, database: DatabaseDep) -> AnnouncementShown:
    """One announcement."""
    return await database.read(announced.announcement, caller, announcement_id)


@people.get("/messages")
async def messages(caller: CallerDep, database: DatabaseDep, page: PageDep) -> Listed[Message]:
    """The portal's copies of the caller's letters, newest first."""
    return await database.read(copies.messages, caller, page)


@people.post("/messages/{message_id}/read")
async def read_message(message_id: UUID, caller: CallerDep, database: DatabaseDep) -> Message:
    """Note that the caller has read a message."""
    return await database.act(actions.read_message, caller, message_id)


@administration.get("/deliveries")
async def deliveries(
    caller: CallerDep, database: DatabaseDep, page: PageDep, state: State | None = None, to: Filter = None
) -> Listed[DeliveryShown]:
    """Letters on their way and at their end, newest first; `to` is one whole address."""
    return await database.read(delivered.deliveries, caller, page, state, to)


@administration.post("/deliveries/{delivery_id}/retry")
async def retry_delivery(delivery_id: UUID, caller: CallerDep, database: DatabaseDep) -> DeliveryShown:
    """Send a delivery that failed once more."""
    return await database.act(actions.retry_delivery, caller, delivery_id)


@administration.post("/announcements", status_code=201)
async def announce(body: Announce, caller: CallerDep, once: OnceDep) -> Response:
    """Announce something, now or later."""
    return await once(201, actions.announce, caller, body)


@development.get("/mailbox/messages")
async def mailbox_messages(
    _caller: CallerDep, database: DatabaseDep, to: Filter = None, subject: Filter = None
) -> MailboxPage:
    """Letters in the built-in mailbox, newest first; `to` is one whole address, `subject` a part."""
    return await database.read(mailbox.mailbox_letters, to, subject)


ROUTERS: tuple[APIRouter, ...] = (people, administration, development)
