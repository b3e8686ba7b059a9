"""What people share with the public, their consents, and what a partner is told."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import AutoString

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "sharing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("programme", AutoString(), nullable=False),
        sa.Column("partner", AutoString(), nullable=False),
        sa.Column("slug", AutoString(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("fields", JSONB(), nullable=False),
        sa.Column("searchable", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("published", sa.LargeBinary(), nullable=True),
        sa.Column("photo", sa.Uuid(), nullable=True),
        sa.Column("name", AutoString(), nullable=True),
        sa.Column("pinyin", AutoString(), nullable=True),
        sa.Column("employer", AutoString(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("last_shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.CheckConstraint("(published IS NULL) = (name IS NULL)", name="sharing_named_while_published"),
        sa.CheckConstraint("is_shared OR published IS NULL", name="sharing_published_while_shared"),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
        sa.UniqueConstraint("submission_id"),
    )
    op.create_index(
        "sharing_in_public", "sharing", ["id"], unique=False, postgresql_where=sa.text("published IS NOT NULL")
    )
    op.create_table(
        "sharing_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sharing_id", sa.Uuid(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("fields", JSONB(), nullable=False),
        sa.Column("searchable", sa.Boolean(), nullable=False),
        sa.Column("text_version", AutoString(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["sharing_id"],
            ["sharing.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sharing_consent_of_sharing", "sharing_consent", ["sharing_id", "id"], unique=False)
    op.create_table(
        "sharing_push",
        *_job_columns(),
        sa.Column("sharing_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(status = 'running') = (lease_until IS NOT NULL)", name="sharing_push_leased_while_running"
        ),
        sa.CheckConstraint(
            "status IN ('queued','running','retry','done','failed','cancelled')", name="sharing_push_status_known"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "sharing_push_due", "sharing_push", ["next_at"], unique=False, postgresql_where="status IN ('queued','retry')"
    )
    op.create_index(
        "sharing_push_leased", "sharing_push", ["lease_until"], unique=False, postgresql_where="status = 'running'"
    )
    op.create_index("sharing_push_of_sharing", "sharing_push", ["sharing_id", "id"], unique=False)
    op.create_index(
        "sharing_push_one_waits",
        "sharing_push",
        ["sharing_id"],
        unique=True,
        postgresql_where=sa.text("status = 'queued'"),
    )


def _job_columns() -> list[sa.Column[Any]]:
    """What every job has."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("queue", AutoString(), nullable=False),
        sa.Column("status", AutoString(), server_default="queued", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", AutoString(), nullable=True),
        sa.Column("request_id", AutoString(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
    ]
