"""Cases, turns and what they rest on: organizations, reviewers, the calendar, numbers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import AutoString

from shared.kit.migrations import create_kit_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_kit_tables(op)
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_worked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "member_series",
        sa.Column("programme", AutoString(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("programme", "year"),
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("region", AutoString(), nullable=False),
        sa.Column("municipal", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "reviewer",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("id_index", AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_table(
        "review_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("programme", AutoString(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("applicant_name", AutoString(), nullable=False),
        sa.Column("applicant_pinyin", AutoString(), server_default="", nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("employer_name", AutoString(), nullable=False),
        sa.Column("talent_type", AutoString(), nullable=True),
        sa.Column("number", AutoString(), server_default="", nullable=False),
        sa.Column("id_index", AutoString(), server_default="", nullable=False),
        sa.Column("id_last4_index", AutoString(), server_default="", nullable=False),
        sa.Column("attention", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_foreign", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", AutoString(), server_default="withdrawn", nullable=False),
        sa.Column("round", sa.Integer(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("route", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("tier", AutoString(), server_default="", nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_hash", AutoString(), server_default="", nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("category", AutoString(), nullable=True),
        sa.Column("membership_number", AutoString(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("history_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("history_head", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.CheckConstraint("(state = 'in_review') = (waiting_since IS NOT NULL)", name="case_waits_while_in_review"),
        sa.CheckConstraint("state <> 'approved' OR approved_on IS NOT NULL", name="case_approved_on_a_day"),
        sa.CheckConstraint("state IN ('in_review','returned','approved','withdrawn')", name="case_state_known"),
        sa.CheckConstraint("(history_seq = 0) = (history_head IS NULL)", name="case_history_has_a_head"),
        sa.CheckConstraint("membership_number IS NULL OR category IS NOT NULL", name="case_member_of_a_category"),
        sa.CheckConstraint("version >= 0 AND round >= 0 AND position >= 0", name="case_counts_up"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("programme", "membership_number", name="case_number_given_once"),
        sa.UniqueConstraint("submission_id"),
    )
    op.create_index(
        "case_same_person", "review_case", ["id_index"], unique=False, postgresql_where=sa.text("id_index <> ''")
    )
    op.create_index("ix_review_case_account_id", "review_case", ["account_id"], unique=False)
    op.create_table(
        "turn",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("tier", AutoString(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("decision", AutoString(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("id_index", AutoString(), server_default="", nullable=False),
        sa.Column("programme", AutoString(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pinyin", AutoString(), nullable=False),
        sa.Column("terms", ARRAY(sa.BigInteger()), nullable=False),
        sa.CheckConstraint("decision IN ('approve','return')", name="turn_decision_known"),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="turn_decided_at_some_time"),
        sa.CheckConstraint("escalated_at IS NULL OR reminded_at IS NOT NULL", name="turn_reminded_before_escalated"),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"]),
        sa.PrimaryKeyConstraint("case_id", "organization_id"),
    )
    op.create_index(
        "turn_decided",
        "turn",
        ["organization_id", "decided_at", "case_id"],
        unique=False,
        postgresql_where=sa.text("NOT waiting"),
    )
    op.create_index(
        "turn_due", "turn", ["due_on"], unique=False, postgresql_where=sa.text("waiting AND escalated_at IS NULL")
    )
    op.create_index("turn_reached", "turn", ["organization_id", "arrived_at", "case_id"], unique=False)
    op.create_index("turn_search", "turn", ["terms"], unique=False, postgresql_using="gin")
    op.create_index(
        "turn_waiting",
        "turn",
        ["organization_id", "arrived_at", "case_id"],
        unique=False,
        postgresql_where=sa.text("waiting"),
    )
    op.create_index(
        "turn_waiting_employer",
        "turn",
        ["organization_id", "employer_id", "arrived_at", "case_id"],
        unique=False,
        postgresql_where=sa.text("waiting"),
    )
    op.create_index(
        "turn_waiting_filed",
        "turn",
        ["organization_id", "filed_at", "case_id"],
        unique=False,
        postgresql_where=sa.text("waiting"),
    )
    op.create_index(
        "turn_waiting_pinyin",
        "turn",
        ["organization_id", "pinyin", "case_id"],
        unique=False,
        postgresql_where=sa.text("waiting"),
    )
    op.create_index(
        "turn_waiting_programme",
        "turn",
        ["organization_id", "programme", "arrived_at", "case_id"],
        unique=False,
        postgresql_where=sa.text("waiting"),
    )
    op.create_table(
        "sight",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"]),
        sa.PrimaryKeyConstraint("case_id", "organization_id", "version", "reviewer_id"),
    )


def downgrade() -> None:
    op.drop_table("sight")
    op.drop_table("turn")
    op.drop_table("review_case")
    op.drop_table("reviewer")
    op.drop_table("organization")
    op.drop_table("member_series")
    op.drop_table("calendar_day")
