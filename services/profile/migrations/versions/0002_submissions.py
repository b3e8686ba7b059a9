"""Submissions, their snapshots and how far each tier has come."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import AutoString

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("programme", AutoString(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", AutoString(), nullable=True),
        sa.Column("status", AutoString(), server_default="draft", nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("round", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sealed_version", sa.Integer(), nullable=True),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seal_settled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("decided_sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("membership_sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("remarks", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("file_again_until", sa.Date(), nullable=True),
        sa.Column("category", AutoString(), nullable=True),
        sa.Column("membership_number", AutoString(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'draft') = (version = 0)", name="submission_draft_until_filed"),
        sa.CheckConstraint(
            "sealed_version IS NULL OR (status = 'in_review' AND sealed_version = version)",
            name="submission_seal_holds_the_newest",
        ),
        sa.CheckConstraint("status <> 'approved' OR approved_on IS NOT NULL", name="submission_approved_on_a_day"),
        sa.CheckConstraint(
            "status IN ('draft','in_review','returned','approved','withdrawn')", name="submission_status_known"
        ),
        sa.CheckConstraint("(sealed_version IS NULL) = (sealed_at IS NULL)", name="submission_seal_has_its_moment"),
        sa.CheckConstraint("(version = 0) = (number IS NULL)", name="submission_numbered_when_filed"),
        sa.CheckConstraint("NOT seal_settled OR sealed_version IS NOT NULL", name="submission_settled_seal_is_one"),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("profile_id"),
    )
    op.create_index("submission_of_account", "submission", ["account_id", "id"], unique=False)
    op.create_index(
        "submission_unsettled_seals",
        "submission",
        ["sealed_at"],
        unique=False,
        postgresql_where=sa.text("sealed_at IS NOT NULL AND NOT seal_settled"),
    )
    op.create_table(
        "access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("organization_name", AutoString(), nullable=False),
        sa.Column("tier", AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("access_of_submission", "access", ["submission_id", "id"], unique=False)
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("change_request_id", sa.Uuid(), nullable=True),
        sa.Column("sections", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", AutoString(), nullable=False),
        sa.Column("route", JSONB(), nullable=False),
        sa.Column("applicant_name", AutoString(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("employer_name", AutoString(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.CheckConstraint("version > 0 AND round > 0", name="snapshot_counts_from_one"),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("submission_id", "version", name="snapshot_one_each"),
    )
    op.create_table(
        "tier_progress",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("tier", AutoString(), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", AutoString(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", AutoString(), nullable=True),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("decision <> 'return' OR comment IS NOT NULL", name="tier_progress_return_has_comment"),
        sa.CheckConstraint("decision IN ('approve','return')", name="tier_progress_decision_known"),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="tier_progress_decided_at_a_moment"),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
        ),
        sa.PrimaryKeyConstraint("submission_id", "round", "tier"),
    )
    op.create_table(
        "viewer",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
        ),
        sa.PrimaryKeyConstraint("submission_id", "organization_id"),
    )
    op.create_table(
        "snapshot_scan",
        sa.Column("snapshot_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("section", AutoString(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("field", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scan_id"],
            ["scan.id"],
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshot.id"],
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "position"),
    )
    op.create_index("snapshot_scan_of_scan", "snapshot_scan", ["scan_id"], unique=False)
