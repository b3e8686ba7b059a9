"""The built-in mailbox of a local installation: what the SMTP door took in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from services.notify.models.base import Table
from shared.kit.columns import instant
from shared.kit.ids import new_id


class MailboxLetter(Table, table=True):
    """One letter as it arrived; `content` is encrypted, for links in it hold tokens."""

    __tablename__ = "mailbox_letter"
    __table_args__ = (Index("mailbox_letter_to", "to_index", text("id DESC")),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    to_index: str
    content: str
    arrived_at: datetime = instant(default=True)
