"""Remarks of every round, an order of entries, entries that may be put back, and sections with nothing to declare."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("tier_progress", sa.Column("remarks", JSONB(), server_default=sa.text("'[]'"), nullable=False))
    op.execute(
        "UPDATE tier_progress SET remarks = submission.remarks FROM submission WHERE submission.status = 'returned'"
        " AND tier_progress.submission_id = submission.id AND tier_progress.round = submission.round"
        " AND tier_progress.decision = 'return'"
    )
    op.add_column("profile", sa.Column("absent", JSONB(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column("entry", sa.Column("position", sa.Integer(), nullable=True))
    op.create_table(
        "removed_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("scans", JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("removed_entry_by_age", "removed_entry", ["removed_at"])


def downgrade() -> None:
    op.drop_table("removed_entry")
    op.drop_column("entry", "position")
    op.drop_column("profile", "absent")
    op.drop_column("tier_progress", "remarks")
