"""Notify's first tables: recipients, organizations, letters, deliveries, announcements, the built-in mailbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import AutoString

from shared.kit.migrations import create_kit_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_kit_tables(op)
    op.create_table(
        "announcement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("body", AutoString(), nullable=False),
        sa.Column("programme", AutoString(), nullable=True),
        sa.Column("audience", AutoString(), server_default="everybody", nullable=False),
        sa.Column("pinned", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdraw_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attachments", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.CheckConstraint("audience IN ('everybody','applicants','reviewers')", name="announcement_audience_known"),
        sa.CheckConstraint("withdraw_at > publish_at", name="announcement_withdrawn_after_published"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "announcement_newest",
        "announcement",
        [sa.text("pinned DESC"), sa.text("publish_at DESC"), sa.text("id DESC")],
        unique=False,
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_key", sa.Uuid(), nullable=False),
        sa.Column("letter", AutoString(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("programme", AutoString(), nullable=True),
        sa.Column("language", AutoString(), nullable=False),
        sa.Column("params", sa.LargeBinary(), nullable=False),
        sa.Column("shown", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("for_digest", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("event_key", "letter", "account_id", name="letter_once"),
    )
    op.create_index(
        "letter_shown", "letter", ["account_id", sa.text("id DESC")], unique=False, postgresql_where=sa.text("shown")
    )
    op.create_index("letter_waiting", "letter", ["account_id"], unique=False, postgresql_where=sa.text("for_digest"))
    op.create_table(
        "mailbox_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("to_index", AutoString(), nullable=False),
        sa.Column("content", AutoString(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("mailbox_letter_to", "mailbox_letter", ["to_index", sa.text("id DESC")], unique=False)
    op.create_table(
        "organization",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("programmes", JSONB(), nullable=False),
        sa.Column("disabled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("organization_id"),
    )
    op.create_table(
        "recipient",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.Column("language", AutoString(), nullable=False),
        sa.Column("mail_mode", AutoString(), nullable=False),
        sa.Column("roles", JSONB(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("programmes", JSONB(), nullable=False),
        sa.Column("id_index", AutoString(), nullable=True),
        sa.Column("disabled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("language IN ('zh','en')", name="recipient_language_known"),
        sa.CheckConstraint("mail_mode IN ('each','daily')", name="recipient_mail_mode_known"),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_index("recipient_of_organization", "recipient", ["organization_id"], unique=False)
    op.create_index("recipient_of_roles", "recipient", ["roles"], unique=False, postgresql_using="gin")
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("queue", AutoString(), nullable=False),
        sa.Column("status", AutoString(), server_default="queued", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("request_id", AutoString(), server_default="", nullable=False),
        sa.Column("last_error", AutoString(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("address_index", AutoString(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'running') = (lease_until IS NOT NULL)", name="delivery_leased_while_running"),
        sa.CheckConstraint(
            "status IN ('queued','running','retry','done','failed','cancelled')", name="delivery_status_known"
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("letter_id"),
    )
    op.create_index(
        "delivery_due", "delivery", ["next_at"], unique=False, postgresql_where=sa.text("status IN ('queued','retry')")
    )
    op.create_index("delivery_in_state", "delivery", ["status", sa.text("id DESC")], unique=False)
    op.create_index(
        "delivery_leased", "delivery", ["lease_until"], unique=False, postgresql_where=sa.text("status = 'running'")
    )
    op.create_index("delivery_to", "delivery", ["address_index", sa.text("id DESC")], unique=False)


def downgrade() -> None:
    for table in ("delivery", "letter", "recipient", "organization", "mailbox_letter", "announcement"):
        op.drop_table(table)
