"""Announcements: what administrators make known, its files, who has read it, and the mailing of it."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.notify.models.base import Table
from services.notify.models.letters import MAIL
from shared.kit.columns import instant, switch
from shared.kit.ids import new_id
from shared.kit.jobs import JobPolicy, JobRow, job_constraints
from shared.kit.lanes import slow

MAILINGS = slow(MAIL)
"""Where announcements travel, so that ten thousand of their letters delay no other."""


class Announcement(Table, table=True):
    """One announcement; its body is Markdown. It is out from `publish_at` until `withdraw_at`."""

    __tablename__ = "announcement"
    __table_args__ = (
        CheckConstraint(
            "audience IN ('everybody','applicants','reviewers','administrators')", name="announcement_audience_known"
        ),
        CheckConstraint(
            "category IN ('notice','policy','publicity','guide','maintenance')", name="announcement_category_known"
        ),
        Index("announcement_newest", text("pinned DESC"), text("publish_at DESC"), text("id DESC")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    title: str
    body: str
    programme: str | None = None
    audience: str = Field(default="everybody", sa_column_kwargs={"server_default": "everybody"})
    category: str = Field(default="notice", sa_column_kwargs={"server_default": "notice"})
    pinned: bool = switch()
    publish_at: datetime = instant()
    withdraw_at: datetime | None = instant(nullable=True)
    revision: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    made_by: UUID
    made_at: datetime = instant(default=True)
    changed_at: datetime = instant(default=True)


class Attachment(Table, table=True):
    """A file of an announcement; uploaded first, then named by one. One that nothing names is dropped in time."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("attachment_of_announcement", "announcement_id", "place"),
        Index("attachment_unnamed", "made_at", postgresql_where=text("announcement_id IS NULL")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    announcement_id: UUID | None = Field(default=None, foreign_key="announcement.id")
    place: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    name: str
    media_type: str
    size: int
    made_by: UUID
    made_at: datetime = instant(default=True)


class AnnouncementRead(Table, table=True):
    """That a person has read an announcement."""

    __tablename__ = "announcement_read"

    account_id: UUID = Field(primary_key=True)
    announcement_id: UUID = Field(primary_key=True, foreign_key="announcement.id", ondelete="CASCADE", index=True)
    read_at: datetime = instant(default=True)


class Mailing(JobRow, Table, table=True):
    """The mailing of an announcement, once for good: `reached` is the last account that was written to."""

    __tablename__ = "mailing"
    __table_args__ = job_constraints("mailing")
    job: ClassVar[JobPolicy] = JobPolicy(
        name="notify.mail_announcement", lease=30, backoff=5.0, give_up_after=timedelta(days=7)
    )

    announcement_id: UUID = Field(foreign_key="announcement.id", ondelete="CASCADE", unique=True)
    reached: UUID | None = None
    recipients: int | None = None
    written: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
