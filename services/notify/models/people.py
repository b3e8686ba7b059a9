"""Who can be written to, as auth's events told it: accounts and organizations, the newest version of each."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from services.notify.models.base import Table
from shared.kit.columns import jsonb, sealed, switch


class Recipient(Table, table=True):
    """An account with its address: `card` holds username, name and e-mail, sealed with the account's own key."""

    __tablename__ = "recipient"
    __table_args__ = (
        CheckConstraint("language IN ('zh','en')", name="recipient_language_known"),
        CheckConstraint("mail_mode IN ('each','daily')", name="recipient_mail_mode_known"),
        Index("recipient_of_organization", "organization_id"),
        Index("recipient_of_roles", "roles", postgresql_using="gin"),
    )

    account_id: UUID = Field(primary_key=True)
    version: int
    card: bytes = sealed()
    language: str
    mail_mode: str
    roles: list[str] = jsonb()
    organization_id: UUID | None = None
    programmes: list[str] = jsonb()
    id_index: str | None = None
    disabled: bool = switch()


class Organization(Table, table=True):
    """An organization: letters to its reviewers name it."""

    __tablename__ = "organization"

    organization_id: UUID = Field(primary_key=True)
    version: int
    name: str
    kind: str
    programmes: list[str] = jsonb()
    disabled: bool = switch()
    merged_into: UUID | None = None
    """The one that took its place, never one that is itself merged: letters to its reviewers go there."""
