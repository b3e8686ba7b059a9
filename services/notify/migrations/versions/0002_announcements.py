"""Announcements in full: category, revision, attachments as rows, who has read them, and their mailing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import AutoString

revision = "0002"
down_revision = "0001"

AUDIENCES = "audience IN ('everybody','applicants','reviewers','administrators')"
CATEGORIES = "category IN ('notice','policy','publicity','guide','maintenance')"
STATES = "status IN ('queued','running','retry','done','failed','cancelled')"


def upgrade() -> None:
    _announcements()
    _attachments()
    _readings()
    _mailings()
    op.create_index("letter_unread", "letter", ["account_id"], postgresql_where=sa.text("shown AND read_at IS NULL"))


def _announcements() -> None:
    op.drop_constraint("announcement_withdrawn_after_published", "announcement")
    op.drop_constraint("announcement_audience_known", "announcement")
    op.create_check_constraint("announcement_audience_known", "announcement", AUDIENCES)
    op.add_column("announcement", sa.Column("category", AutoString(), server_default="notice", nullable=False))
    op.create_check_constraint("announcement_category_known", "announcement", CATEGORIES)
    op.add_column("announcement", sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
    op.add_column("announcement", _moment("changed_at"))
    op.drop_column("announcement", "attachments")


def _attachments() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("announcement_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Integer(), server_default="0", nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("media_type", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        _moment("made_at"),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcement.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("attachment_of_announcement", "attachment", ["announcement_id", "place"])
    op.create_index(
        "attachment_unnamed", "attachment", ["made_at"], postgresql_where=sa.text("announcement_id IS NULL")
    )


def _readings() -> None:
    op.create_table(
        "announcement_read",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        _moment("read_at"),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcement.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "announcement_id"),
    )
    op.create_index("ix_announcement_read_announcement_id", "announcement_read", ["announcement_id"])


def _mailings() -> None:
    op.create_table(
        "mailing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("queue", AutoString(), nullable=False),
        sa.Column("status", AutoString(), server_default="queued", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        _moment("next_at"),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", AutoString(), nullable=True),
        sa.Column("request_id", AutoString(), server_default="", nullable=False),
        _moment("created_at"),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announcement_id", sa.Uuid(), nullable=False),
        sa.Column("reached", sa.Uuid(), nullable=True),
        sa.Column("recipients", sa.Integer(), nullable=True),
        sa.Column("written", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("(status = 'running') = (lease_until IS NOT NULL)", name="mailing_leased_while_running"),
        sa.CheckConstraint(STATES, name="mailing_status_known"),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcement.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("announcement_id"),
    )
    waiting, running = sa.text("status IN ('queued','retry')"), sa.text("status = 'running'")
    op.create_index("mailing_due", "mailing", ["next_at"], postgresql_where=waiting)
    op.create_index("mailing_leased", "mailing", ["lease_until"], postgresql_where=running)


def _moment(name: str) -> sa.Column[object]:
    """A moment that the database writes."""
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False)


def downgrade() -> None:
    op.drop_index("letter_unread", "letter")
    for table in ("mailing", "announcement_read", "attachment"):
        op.drop_table(table)
    op.drop_constraint("announcement_audience_known", "announcement")
    op.execute("UPDATE announcement SET audience = 'reviewers' WHERE audience = 'administrators'")
    narrow = "audience IN ('everybody','applicants','reviewers')"
    op.create_check_constraint("announcement_audience_known", "announcement", narrow)
    for column in ("category", "revision", "changed_at"):
        op.drop_column("announcement", column)
    op.add_column("announcement", sa.Column("attachments", JSONB(), server_default=sa.text("'[]'"), nullable=False))
    op.execute("UPDATE announcement SET withdraw_at = NULL WHERE withdraw_at <= publish_at")
    op.create_check_constraint("announcement_withdrawn_after_published", "announcement", "withdraw_at > publish_at")
