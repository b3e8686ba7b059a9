"""First tables: accounts, organizations, sessions, links, counters."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from shared.kit.migrations import create_kit_tables

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TEXT, INSTANT = sa.String(), sa.DateTime(timezone=True)
NOW, FALSE = sa.text("juxian_now()"), sa.text("false")


def upgrade() -> None:
    create_kit_tables(op)
    op.create_table(
        "attempt",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("at", INSTANT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("attempt_counted", "attempt", ["kind", "key", "at"])
    op.create_index("ix_attempt_at", "attempt", ["at"])
    op.create_table(
        "captcha",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("answer", TEXT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_captcha_ends_at", "captcha", ["ends_at"])
    op.create_table(
        "organization",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_key", TEXT, nullable=False),
        sa.Column("pinyin", TEXT, nullable=False),
        sa.Column("initials", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("region", TEXT, nullable=False),
        sa.Column("employs", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("municipal", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("credit_code", TEXT, nullable=True),
        sa.Column("programmes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("made_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("disabled_at", INSTANT, nullable=True),
        sa.CheckConstraint("region ~ '^[1-9][0-9]{5}$'", name="organization_region_has_six_digits"),
        sa.CheckConstraint("NOT municipal OR employs", name="organization_municipal_employs"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("credit_code"),
    )
    op.create_index("ix_organization_name_key", "organization", ["name_key"])
    op.create_index(
        "organization_holder",
        "organization",
        ["kind", "region"],
        unique=True,
        postgresql_where=sa.text("NOT employs AND disabled_at IS NULL"),
    )
    op.create_index("organization_listed", "organization", ["pinyin", "id"])
    op.create_table(
        "password_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("token_sha256", TEXT, nullable=False),
        sa.Column("password_version", sa.Integer(), nullable=False),
        sa.Column("email_index", TEXT, nullable=False),
        sa.Column("asked_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("voided_at", INSTANT, nullable=True),
        sa.CheckConstraint("purpose = 'mismatch' OR account_id IS NOT NULL", name="password_link_of_an_account"),
        sa.CheckConstraint("purpose IN ('reset','invitation','mismatch','unsent')", name="password_link_purpose_known"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_index("ix_password_link_account_id", "password_link", ["account_id"])
    op.create_index("ix_password_link_expires_at", "password_link", ["expires_at"])
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("username", TEXT, nullable=False),
        sa.Column("username_key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("email_index", TEXT, nullable=False),
        sa.Column("email_bounced_at", INSTANT, nullable=True),
        sa.Column("mobile", sa.LargeBinary(), nullable=True),
        sa.Column("language", TEXT, server_default="zh", nullable=False),
        sa.Column("mail_mode", TEXT, server_default="each", nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("opened_by", TEXT, nullable=False),
        sa.Column("opened_for", TEXT, nullable=True),
        sa.Column("opened_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("password", TEXT, nullable=True),
        sa.Column("password_kind", TEXT, server_default="none", nullable=False),
        sa.Column("password_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("password_ends_at", INSTANT, nullable=True),
        sa.Column("must_change_password", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("registration", sa.LargeBinary(), nullable=True),
        sa.Column("id_index", TEXT, nullable=True),
        sa.Column("last_login_at", INSTANT, nullable=True),
        sa.Column("disabled_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "('reviewer' = ANY(roles)) = (organization_id IS NOT NULL)", name="account_reviewer_has_organization"
        ),
        sa.CheckConstraint("(password_kind = 'none') = (password IS NULL)", name="account_password_there"),
        sa.CheckConstraint("language IN ('zh','en')", name="account_language_known"),
        sa.CheckConstraint("mail_mode IN ('each','daily')", name="account_mail_mode_known"),
        sa.CheckConstraint(
            "opened_by IN ('registration','import','invitation','operator')", name="account_opening_known"
        ),
        sa.CheckConstraint("password_kind <> 'initial' OR must_change_password", name="account_initial_is_changed"),
        sa.CheckConstraint("password_kind IN ('none','argon2','initial')", name="account_password_kind_known"),
        sa.CheckConstraint(
            "roles <@ ARRAY['applicant','reviewer','administrator','operator']", name="account_roles_known"
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("id_index"),
        sa.UniqueConstraint("username_key"),
    )
    op.create_index("ix_account_email_index", "account", ["email_index"])
    op.create_index("ix_account_organization_id", "account", ["organization_id"])
    op.create_table(
        "account_programme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("programme", TEXT, nullable=False),
        sa.Column("imported", sa.LargeBinary(), nullable=True),
        sa.Column("added_at", INSTANT, server_default=NOW, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "programme", name="account_programme_once"),
    )
    op.create_table(
        "email_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("token_sha256", TEXT, nullable=False),
        sa.Column("asked_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("voided_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_index("ix_email_change_account_id", "email_change", ["account_id"])
    op.create_index("ix_email_change_expires_at", "email_change", ["expires_at"])
    op.create_table(
        "login_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", TEXT, nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("net", TEXT, nullable=False),
        sa.Column("made_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("seen_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_index("ix_login_session_account_id", "login_session", ["account_id"])
    op.create_index("ix_login_session_ends_at", "login_session", ["ends_at"])
    op.create_index("ix_login_session_seen_at", "login_session", ["seen_at"])
    op.create_table(
        "notice",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("account_id", "kind", "on_day"),
    )


def downgrade() -> None:
    for table in (
        "notice",
        "login_session",
        "email_change",
        "account_programme",
        "account",
        "password_link",
        "organization",
        "captcha",
        "attempt",
    ):
        op.drop_table(table)
