"""Change requests and the fields that wait."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import AutoString

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "change_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("programme", AutoString(), nullable=False),
        sa.Column("section", AutoString(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("fields", JSONB(), nullable=False),
        sa.Column("changes", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("scans", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("organization_name", AutoString(), nullable=False),
        sa.Column("tier", AutoString(), nullable=False),
        sa.Column("status", AutoString(), server_default="waiting", nullable=False),
        sa.Column("comment", AutoString(), nullable=True),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_version", sa.Integer(), nullable=True),
        sa.CheckConstraint("(status = 'waiting') = (ended_at IS NULL)", name="change_request_ended_unless_waiting"),
        sa.CheckConstraint("kind <> 'remove' OR entry_id IS NOT NULL", name="change_request_removes_an_entry"),
        sa.CheckConstraint("kind IN ('change','add','remove')", name="change_request_kind_known"),
        sa.CheckConstraint("status <> 'rejected' OR comment IS NOT NULL", name="change_request_rejected_with_comment"),
        sa.CheckConstraint("status <> 'withdrawn' OR sealed_at IS NULL", name="change_request_withdrawn_unsealed"),
        sa.CheckConstraint(
            "status IN ('waiting','approved','rejected','withdrawn')", name="change_request_status_known"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("change_request_of_account", "change_request", ["account_id", "id"], unique=False)
    op.create_index(
        "change_request_unsettled_seals",
        "change_request",
        ["sealed_at"],
        unique=False,
        postgresql_where=sa.text("sealed_at IS NOT NULL AND status = 'waiting'"),
    )
    op.create_table(
        "changed_field",
        sa.Column("change_request_id", sa.Uuid(), nullable=False),
        sa.Column("field", AutoString(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("section", AutoString(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("waiting", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_request_id"],
            ["change_request.id"],
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
        ),
        sa.PrimaryKeyConstraint("change_request_id", "field"),
    )
    op.create_index(
        "changed_field_waits_once",
        "changed_field",
        ["submission_id", "section", "entry_id", "field"],
        unique=True,
        postgresql_where=sa.text("waiting"),
        postgresql_nulls_not_distinct=True,
    )
