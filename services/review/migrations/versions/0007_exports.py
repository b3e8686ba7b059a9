"""Exports of worklists: each is noted, large ones are written by a job."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "sheet_export",
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
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("filters", AutoString(), nullable=False),
        sa.Column("language", AutoString(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("has_file", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "status IN ('queued','running','retry','done','failed','cancelled')", name="sheet_export_status_known"
        ),
        sa.CheckConstraint(
            "(status = 'running') = (lease_until IS NOT NULL)", name="sheet_export_leased_while_running"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sheet_export_due", "sheet_export", ["next_at"], postgresql_where="status IN ('queued','retry')")
    op.create_index("sheet_export_leased", "sheet_export", ["lease_until"], postgresql_where="status = 'running'")
    op.create_index("sheet_export_of_account", "sheet_export", ["account_id", "created_at"], unique=False)
    op.create_index(
        "sheet_export_with_file", "sheet_export", ["created_at"], unique=False, postgresql_where=sa.text("has_file")
    )


def downgrade() -> None:
    op.drop_table("sheet_export")
