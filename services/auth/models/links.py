"""Links in letters: to set a password, to confirm an address. Each opens once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from services.auth.models.base import Table
from shared.kit.columns import instant, sealed
from shared.kit.ids import new_id


class PasswordLink(Table, table=True):
    """A link that sets a password: a reset's (30 minutes) or an invitation's (7 days).

    A row stands for every request, also where username and address did not match, or no more letters may be sent
    today: then nothing opens it. It is tied to the password and the address that the account had, so that changing
    either makes it useless. `account_id` is no foreign key: checking it would take longer for names that exist.
    """

    __tablename__ = "password_link"
    __table_args__ = (
        CheckConstraint("purpose IN ('reset','invitation','mismatch','unsent')", name="password_link_purpose_known"),
        CheckConstraint("purpose = 'mismatch' OR account_id IS NOT NULL", name="password_link_of_an_account"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    purpose: str
    account_id: UUID | None = Field(default=None, index=True)
    token_sha256: str = Field(unique=True)
    password_version: int
    email_index: str
    asked_at: datetime = instant(default=True)
    expires_at: datetime = instant(index=True)
    used_at: datetime | None = instant(nullable=True)
    voided_at: datetime | None = instant(nullable=True)


class EmailChange(Table, table=True):
    """Another address that an owner wants; the letter there holds the link that confirms it."""

    __tablename__ = "email_change"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    email: bytes = sealed()
    token_sha256: str = Field(unique=True)
    asked_at: datetime = instant(default=True)
    expires_at: datetime = instant(index=True)
    used_at: datetime | None = instant(nullable=True)
    voided_at: datetime | None = instant(nullable=True)
