"""What callers send notify and what they get."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, StringConstraints

from shared.kit.web import Body
from shared.kit.web.bodies import Text

State = Literal["queued", "sending", "retry", "sent", "failed", "cancelled"]
Line = Annotated[Text, StringConstraints(pattern=r"\S", max_length=200)]


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


class DeliveryShown(BaseModel):
    """A delivery as administrators see it; `to` is masked, and null for a person who was erased."""

    delivery_id: UUID
    account_id: UUID
    letter: str
    programme: str | None
    to: str | None
    state: State
    attempts: int
    last_error: str | None
    created_at: datetime
    next_at: datetime
    sent_at: datetime | None


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


class Attachment(BaseModel):
    """A file of an announcement."""

    attachment_id: UUID
    name: str


class AnnouncementShown(BaseModel):
    """An announcement; `body` is Markdown."""

    announcement_id: UUID
    title: str
    body: str
    programme: str | None
    audience: Literal["everybody", "applicants", "reviewers"]
    pinned: bool
    published_at: datetime
    attachments: list[Attachment]


class Announce(Body):
    """A new announcement; without `publish_at` it is out at once."""

    title: Line
    body: Annotated[Text, StringConstraints(pattern=r"\S", max_length=20_000)]
    programme: str | None = None
    audience: Literal["everybody", "applicants", "reviewers"] = "everybody"
    pinned: bool = False
    publish_at: AwareDatetime | None = None
    withdraw_at: AwareDatetime | None = None
