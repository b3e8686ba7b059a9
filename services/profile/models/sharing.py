"""Tables of sharing: what a person lets the public see, each consent for good, and what a partner is told."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.profile.models.base import Table
from services.profile.rules.sharing import TELL_FOR
from shared.kit.columns import instant, jsonb, sealed, switch
from shared.kit.jobs import JobPolicy, JobRow, job_constraints


class Sharing(Table, table=True):
    """What one person shares of one submission; without `published` nobody sees anything."""

    __tablename__ = "sharing"
    __table_args__ = (
        CheckConstraint("is_shared OR published IS NULL", name="sharing_published_while_shared"),
        CheckConstraint("(published IS NULL) = (name IS NULL)", name="sharing_named_while_published"),
        Index("sharing_in_public", "id", postgresql_where=text("published IS NOT NULL")),
    )

    id: UUID = Field(primary_key=True)
    submission_id: UUID = Field(foreign_key="submission.id", unique=True)
    account_id: UUID
    programme: str
    partner: str
    slug: str = Field(unique=True)
    """The last part of the page's address: by chance, so that nobody finds one by counting."""
    is_shared: bool = switch(on=True)
    fields: list[str] = jsonb()
    searchable: bool = switch()
    """Whether search engines may keep the page."""
    published: bytes | None = sealed(nullable=True)
    """Exactly what the public sees (JSON)."""
    photo: UUID | None = None
    """The scan of the photo, where that is shared."""
    name: str | None = None
    pinyin: str | None = None
    employer: str | None = None
    version: int | None = None
    revision: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    """Grows with whatever the public sees: of two tellings the partner keeps the later."""
    last_shared_at: datetime | None = instant(nullable=True)
    created_at: datetime = instant(default=True)


class SharingConsent(Table, table=True):
    """A consent that was given or withdrawn; never changed."""

    __tablename__ = "sharing_consent"
    __table_args__ = (Index("sharing_consent_of_sharing", "sharing_id", "id"),)

    id: UUID = Field(primary_key=True)
    sharing_id: UUID = Field(foreign_key="sharing.id")
    is_given: bool
    fields: list[str] = jsonb()
    searchable: bool
    text_version: str
    at: datetime = instant(default=True)


class SharingPush(Table, JobRow, table=True):
    """Telling the partner how a sharing stands when the job runs; one waits at a time."""

    job: ClassVar[JobPolicy] = JobPolicy(name="profile.tell_partner", lease=40, give_up_after=TELL_FOR)

    __tablename__ = "sharing_push"
    __table_args__ = (
        *job_constraints("sharing_push"),
        Index("sharing_push_one_waits", "sharing_id", unique=True, postgresql_where=text("status = 'queued'")),
        Index("sharing_push_of_sharing", "sharing_id", "id"),
    )

    sharing_id: UUID
