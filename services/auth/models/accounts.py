"""Accounts, the programmes they were opened for, and what their owners were told of."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Computed, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from services.auth.models.base import Table
from shared.kit.columns import instant, sealed, switch
from shared.kit.ids import new_id


class Account(Table, table=True):
    """One person's account. Name and username are clear, address and telephone are sealed (law 12).

    `version` grows with each event of the account; `password_version` with each new password.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("language IN ('zh','en')", name="account_language_known"),
        CheckConstraint("mail_mode IN ('each','daily')", name="account_mail_mode_known"),
        CheckConstraint("opened_by IN ('registration','import','invitation','operator')", name="account_opening_known"),
        CheckConstraint(
            "roles <@ ARRAY['applicant','reviewer','administrator','operator']", name="account_roles_known"
        ),
        CheckConstraint(
            "('reviewer' = ANY(roles)) = (organization_id IS NOT NULL)", name="account_reviewer_has_organization"
        ),
        CheckConstraint("password_kind IN ('none','argon2','initial')", name="account_password_kind_known"),
        CheckConstraint("(password_kind = 'none') = (password IS NULL)", name="account_password_there"),
        CheckConstraint("password_kind <> 'initial' OR must_change_password", name="account_initial_is_changed"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    username: str
    username_key: str = Field(unique=True)
    username_stem: str | None = Field(
        default=None,
        sa_column=Column(String, Computed("rtrim(username_key, '0123456789')", persisted=True), index=True),
    )
    """The key without the digits at its end: those who share a name in pinyin share it."""
    name: str
    pinyin: str = Field(default="", index=True, sa_column_kwargs={"server_default": ""})
    initials: str = Field(default="", sa_column_kwargs={"server_default": ""})
    email: bytes = sealed()
    email_index: str = Field(index=True)
    email_bounced_at: datetime | None = instant(nullable=True)
    mobile: bytes | None = sealed(nullable=True)
    language: str = Field(default="zh", sa_column_kwargs={"server_default": "zh"})
    mail_mode: str = Field(default="each", sa_column_kwargs={"server_default": "each"})
    roles: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    organization_id: UUID | None = Field(default=None, foreign_key="organization.id", index=True)
    opened_by: str
    opened_for: str | None = None
    opened_at: datetime = instant(default=True)
    password: str | None = None
    password_kind: str = Field(default="none", sa_column_kwargs={"server_default": "none"})
    password_version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    password_ends_at: datetime | None = instant(nullable=True)
    must_change_password: bool = switch()
    registration: bytes | None = sealed(nullable=True)
    id_index: str | None = Field(default=None, unique=True)
    last_login_at: datetime | None = instant(nullable=True)
    disabled_at: datetime | None = instant(nullable=True)


class AccountProgramme(Table, table=True):
    """A programme that an account was opened for, with what an import said of the person."""

    __tablename__ = "account_programme"
    __table_args__ = (UniqueConstraint("account_id", "programme", name="account_programme_once"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    account_id: UUID = Field(foreign_key="account.id")
    programme: str
    imported: bytes | None = sealed(nullable=True)
    added_at: datetime = instant(default=True)


class Notice(Table, table=True):
    """That the owner of an account was told of something: once a day at most."""

    __tablename__ = "notice"

    account_id: UUID = Field(primary_key=True, foreign_key="account.id")
    kind: str = Field(primary_key=True)
    on_day: date = Field(primary_key=True)
