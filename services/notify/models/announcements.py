"""Announcements: what administrators make known to everybody, to applicants or to reviewers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.notify.models.base import Table
from shared.kit.columns import instant, jsonb, switch
from shared.kit.ids import new_id


class Announcement(Table, table=True):
    """One announcement; its body is Markdown. It is out from `publish_at` until `withdraw_at`."""

    __tablename__ = "announcement"
    __table_args__ = (
        CheckConstraint("audience IN ('everybody','applicants','reviewers')", name="announcement_audience_known"),
        CheckConstraint("withdraw_at > publish_at", name="announcement_withdrawn_after_published"),
        Index("announcement_newest", text("pinned DESC"), text("publish_at DESC"), text("id DESC")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    title: str
    body: str
    programme: str | None = None
    audience: str = Field(default="everybody", sa_column_kwargs={"server_default": "everybody"})
    pinned: bool = switch()
    publish_at: datetime = instant()
    withdraw_at: datetime | None = instant(nullable=True)
    attachments: list[dict[str, object]] = jsonb(server_default="[]")
    made_by: UUID
    made_at: datetime = instant(default=True)
