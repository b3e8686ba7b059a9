"""What the OCR read on a scan, how each step went, and the jobs that check again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import AutoString

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("scan", sa.Column("steps", JSONB(), server_default=sa.text("'[]'"), nullable=False))
    op.create_table(
        "scan_reading",
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("scan_id"),
    )
    op.create_index("ix_scan_reading_account_id", "scan_reading", ["account_id"], unique=False)
    op.create_table(
        "scan_recheck",
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
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(status = 'running') = (lease_until IS NOT NULL)", name="scan_recheck_leased_while_running"
        ),
        sa.CheckConstraint(
            "status IN ('queued','running','retry','done','failed','cancelled')", name="scan_recheck_status_known"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "scan_recheck_due", "scan_recheck", ["next_at"], unique=False, postgresql_where="status IN ('queued','retry')"
    )
    op.create_index(
        "scan_recheck_leased", "scan_recheck", ["lease_until"], unique=False, postgresql_where="status = 'running'"
    )
    op.create_index(
        "scan_recheck_one_waits",
        "scan_recheck",
        ["account_id"],
        unique=True,
        postgresql_where=sa.text("status = 'queued'"),
    )
