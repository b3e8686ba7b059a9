"""What is counted against guessing, and captchas while Redis is away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index
from sqlmodel import Field

from services.auth.models.base import Table
from shared.kit.columns import instant


class Attempt(Table, table=True):
    """One thing that is counted: a wrong password, a name that was taken, a pair that did not match."""

    __tablename__ = "attempt"
    __table_args__ = (Index("attempt_counted", "kind", "key", "at"),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    kind: str
    key: str
    at: datetime = instant(default=True, index=True)


class Captcha(Table, table=True):
    """A captcha that was made while Redis did not answer; its text as a keyed index."""

    __tablename__ = "captcha"

    id: UUID = Field(primary_key=True)
    answer: str
    ends_at: datetime = instant(index=True)
