"""Messages in the portal, and the built-in mailbox."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from shared.kit.web.paging import Listed


class Message(BaseModel):
    """The portal's copy of a letter; `link` is a path under the portal's address."""

    message_id: UUID
    programme: str | None
    letter: str
    subject: str
    text: str
    link: str
    sent_at: datetime
    read_at: datetime | None


class Messages(Listed[Message]):
    """A page of messages; `unread` counts all that are unread, up to 100."""

    unread: int


class ReadAll(BaseModel):
    """How many messages were unread until now."""

    read: int


class MailboxShown(BaseModel):
    """A letter in the built-in mailbox."""

    message_id: str
    to: str
    subject: str
    sent_at: datetime
    text: str
    html: str


class MailboxPage(BaseModel):
    """What the built-in mailbox holds, newest first; not paged."""

    items: list[MailboxShown]
