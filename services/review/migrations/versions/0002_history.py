"""History and snapshots: written once, never changed, never deleted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import AutoString

revision = "0002"
down_revision = "0001"

FROZEN = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER history_is_append_only BEFORE UPDATE OR DELETE ON history
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER snapshot_is_append_only BEFORE UPDATE OR DELETE ON snapshot
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    op.create_table(
        "history",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_hash", AutoString(), server_default="", nullable=False),
        sa.Column("tier", AutoString(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("organization_name", AutoString(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.Column("decision", AutoString(), nullable=True),
        sa.Column("reopens", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("comment", AutoString(), nullable=True),
        sa.Column("remarks", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("category", AutoString(), nullable=True),
        sa.Column("membership_number", AutoString(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('decided','change_decided')) = (decision IS NOT NULL AND reviewer_id IS NOT NULL)",
            name="history_decided_by_a_reviewer",
        ),
        sa.CheckConstraint(
            "NOT reopens OR (kind = 'decided' AND decision = 'return')", name="history_reopened_by_a_return"
        ),
        sa.CheckConstraint("category IS NULL OR decision = 'approve'", name="history_category_of_an_approval"),
        sa.CheckConstraint(
            "decision NOT IN ('return','reject') OR btrim(coalesce(comment, '')) <> ''",
            name="history_returned_with_a_comment",
        ),
        sa.CheckConstraint("kind <> 'decided' OR decision IN ('approve','return')", name="history_decision_known"),
        sa.CheckConstraint(
            "kind IN ('filed','withdrawn','decided','change_decided','change_applied')", name="history_kind_known"
        ),
        sa.CheckConstraint("remarks = '[]' OR decision = 'return'", name="history_remarks_of_a_return"),
        sa.CheckConstraint("membership_number IS NULL OR category IS NOT NULL", name="history_member_of_a_category"),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "seq", name="history_in_order"),
    )
    op.create_index(
        "history_decisions",
        "history",
        ["organization_id", "at"],
        unique=False,
        postgresql_where=sa.text("kind = 'decided'"),
    )
    op.create_index(
        "history_reopened_once", "history", ["case_id", "round"], unique=True, postgresql_where=sa.text("reopens")
    )
    op.create_index(
        "history_tier_decides_once",
        "history",
        ["case_id", "round", "tier"],
        unique=True,
        postgresql_where=sa.text("kind = 'decided' AND NOT reopens"),
    )
    op.create_index(
        "history_told_once",
        "history",
        ["case_id", "kind", "round", "version"],
        unique=True,
        postgresql_where=sa.text("kind IN ('filed','withdrawn','change_applied')"),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", AutoString(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "version", name="snapshot_of_a_version"),
    )
    op.execute(FROZEN)


def downgrade() -> None:
    op.drop_table("snapshot")
    op.drop_table("history")
    op.execute("DROP FUNCTION refuse_change()")
