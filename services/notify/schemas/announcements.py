"""Announcements as they are sent in, managed and read."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from shared.kit.web import Body
from shared.kit.web.bodies import Text
from shared.kit.web.paging import Listed

Line = Annotated[Text, StringConstraints(pattern=r"\S", max_length=200)]
Markdown = Annotated[Text, StringConstraints(pattern=r"\S", max_length=20_000)]
Audience = Literal["everybody", "applicants", "reviewers", "administrators"]
Category = Literal["notice", "policy", "publicity", "guide", "maintenance"]
Attachments = Annotated[list[UUID], Field(max_length=10)]
AnnouncementState = Literal["scheduled", "published", "withdrawn"]


class AttachmentShown(BaseModel):
    """A file of an announcement; `type` is what its bytes are, `size` in bytes."""

    attachment_id: UUID
    name: str
    type: str
    size: int


class AnnouncementItem(BaseModel):
    """An announcement in a list; `unread` is null where nobody is logged in."""

    announcement_id: UUID
    title: str
    summary: str
    programme: str | None
    category: Category
    audience: Audience
    pinned: bool
    published_at: datetime
    attachments: list[AttachmentShown]
    unread: bool | None


class AnnouncementShown(AnnouncementItem):
    """An announcement to read: `body` is Markdown as it was written, `html` what a page may show as it is."""

    body: str
    html: str


class Announcements(Listed[AnnouncementItem]):
    """A page of announcements; `unread` counts those that the caller has not read, up to 100."""

    unread: int | None


class MailShown(BaseModel):
    """The mailing of an announcement; `sent` and `failed` are counted where one announcement is asked for."""

    state: Literal["waiting", "writing", "written", "stopped"]
    recipients: int | None
    written: int
    sent: int | None
    failed: int | None


class AnnouncementManaged(BaseModel):
    """An announcement as administrators see it; `html` is null in lists."""

    announcement_id: UUID
    title: str
    body: str
    html: str | None
    programme: str | None
    audience: Audience
    category: Category
    pinned: bool
    state: AnnouncementState
    publish_at: datetime
    withdraw_at: datetime | None
    attachments: list[AttachmentShown]
    mail: MailShown | None
    made_by: UUID
    made_at: datetime
    changed_at: datetime
    etag: str


class Announce(Body):
    """A new announcement; without `publish_at` it is out at once. `mail`: everybody it is for gets a letter."""

    title: Line
    body: Markdown
    programme: str | None = None
    audience: Audience = "everybody"
    category: Category = "notice"
    pinned: bool = False
    publish_at: AwareDatetime | None = None
    withdraw_at: AwareDatetime | None = None
    attachments: Attachments = Field(default_factory=list)
    mail: bool = False


class Amend(Body):
    """What changes of an announcement; what is left out stays. `publish_at: null` is now, `withdraw_at: null` never."""

    title: Line = ""
    body: Markdown = ""
    programme: str | None = None
    audience: Audience = "everybody"
    category: Category = "notice"
    pinned: bool = False
    publish_at: AwareDatetime | None = None
    withdraw_at: AwareDatetime | None = None
    attachments: Attachments = Field(default_factory=list)
    mail: bool = False


class Draw(Body):
    """Markdown to be shown as it will look."""

    body: Annotated[Text, StringConstraints(max_length=20_000)]


class Drawn(BaseModel):
    """How it will look."""

    html: str
