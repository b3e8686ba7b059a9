"""What was written and how far it got: letters, once a person and event, and the delivery of each by SMTP."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from services.notify.models.base import Table
from shared.kit.columns import instant, sealed, switch
from shared.kit.ids import new_id
from shared.kit.jobs import JobPolicy, JobRow, job_constraints

MAIL = "notify.mail"
URGENT = "notify.mail_urgent"


class Letter(Table, table=True):
    """One letter to one account: `params` hold all that the event gave for it, sealed with the account's key.

    Where it is `shown` it is the portal's message as well. A letter that waits `for_digest` has no delivery of
    its own.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("event_key", "letter", "account_id", name="letter_once"),
        Index("letter_shown", "account_id", text("id DESC"), postgresql_where=text("shown")),
        Index("letter_unread", "account_id", postgresql_where=text("shown AND read_at IS NULL")),
        Index("letter_of_kind", "letter", text("id DESC")),
        Index("letter_waiting", "account_id", postgresql_where=text("for_digest")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    event_key: UUID
    letter: str
    account_id: UUID
    programme: str | None = None
    language: str
    params: bytes = sealed()
    shown: bool = switch(on=True)
    for_digest: bool = switch()
    written_at: datetime = instant(default=True)
    read_at: datetime | None = instant(nullable=True)


class Delivery(JobRow, Table, table=True):
    """A letter on its way to one address, kept with its state; Message-ID is made of its id, so it never changes."""

    __tablename__ = "delivery"
    __table_args__ = (
        *job_constraints("delivery"),
        Index("delivery_to", "address_index", text("id DESC")),
        Index("delivery_in_state", "status", text("id DESC")),
    )
    job: ClassVar[JobPolicy] = JobPolicy(
        name="notify.deliver", lease=30, backoff=30.0, give_up_after=timedelta(hours=24)
    )

    letter_id: UUID = Field(foreign_key="letter.id", unique=True)
    account_id: UUID
    address: bytes = sealed()
    address_index: str
    expires_at: datetime | None = instant(nullable=True)
    sent_at: datetime | None = instant(nullable=True)
