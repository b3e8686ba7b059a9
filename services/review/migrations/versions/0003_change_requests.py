"""Change requests as the deciding organization sees them."""

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
        sa.Column("programme", AutoString(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("applicant_name", AutoString(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("employer_name", AutoString(), nullable=False),
        sa.Column("section", AutoString(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("fields", JSONB(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("organization_name", AutoString(), nullable=False),
        sa.Column("tier", AutoString(), nullable=False),
        sa.Column("id_index", AutoString(), server_default="", nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", AutoString(), server_default="waiting", nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("comment", AutoString(), nullable=True),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status IN ('approved','rejected')) = (decided_at IS NOT NULL AND reviewer_id IS NOT NULL)",
            name="change_request_decided_by_a_reviewer",
        ),
        sa.CheckConstraint("kind IN ('change','add','remove')", name="change_request_kind_known"),
        sa.CheckConstraint(
            "status <> 'rejected' OR btrim(coalesce(comment, '')) <> ''", name="change_request_rejected_with_a_comment"
        ),
        sa.CheckConstraint(
            "status IN ('waiting','approved','rejected','withdrawn')", name="change_request_status_known"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "change_request_of_organization", "change_request", ["organization_id", "filed_at", "id"], unique=False
    )
    op.create_index(
        "change_request_waiting",
        "change_request",
        ["organization_id", "filed_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index("ix_change_request_submission_id", "change_request", ["submission_id"], unique=False)


def downgrade() -> None:
    op.drop_table("change_request")
