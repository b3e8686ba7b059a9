"""Handovers of an organization's open cases to another, and their mark in the histories."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

revision = "0006"
down_revision = "0005"

OLD = "kind IN ('filed','withdrawn','decided','change_decided','change_applied')"
NEW = "kind IN ('filed','withdrawn','decided','change_decided','change_applied','handed_over')"


def upgrade() -> None:
    op.drop_constraint("history_kind_known", "history", type_="check")
    op.create_check_constraint("history_kind_known", "history", NEW)
    op.create_table(
        "handover",
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
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("from_id <> to_id", name="handover_to_another"),
        sa.CheckConstraint(
            "status IN ('queued','running','retry','done','failed','cancelled')", name="handover_status_known"
        ),
        sa.CheckConstraint("(status = 'running') = (lease_until IS NOT NULL)", name="handover_leased_while_running"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("handover_due", "handover", ["next_at"], postgresql_where="status IN ('queued','retry')")
    op.create_index("handover_leased", "handover", ["lease_until"], postgresql_where="status = 'running'")
    op.create_index(
        "handover_one_at_a_time", "handover", ["from_id"], unique=True,
        postgresql_where=sa.text("status IN ('queued','running','retry')"),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("handover")
    op.drop_constraint("history_kind_known", "history", type_="check")
    op.create_check_constraint("history_kind_known", "history", OLD)
