"""Passkeys, and which session was opened by which."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TEXT, INSTANT = sa.String(), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("synced", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("made_at", INSTANT, server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("credential_id"),
    )
    op.create_index("ix_passkey_account_id", "passkey", ["account_id"])
    op.create_table(
        "passkey_challenge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "(purpose = 'registration') = (account_id IS NOT NULL)", name="passkey_challenge_of_an_account"
        ),
        sa.CheckConstraint("purpose IN ('registration','login')", name="passkey_challenge_purpose_known"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_passkey_challenge_ends_at", "passkey_challenge", ["ends_at"])
    op.add_column("login_session", sa.Column("passkey_id", sa.Uuid(), nullable=True))
    op.create_foreign_key("login_session_passkey", "login_session", "passkey", ["passkey_id"], ["id"])
    op.create_index("ix_login_session_passkey_id", "login_session", ["passkey_id"])


def downgrade() -> None:
    op.drop_column("login_session", "passkey_id")
    op.drop_table("passkey_challenge")
    op.drop_table("passkey")
