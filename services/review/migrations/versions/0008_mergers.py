"""Mergers of organizations: who took whose place, and handovers of everything."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("organization", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.add_column("handover", sa.Column("merges", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    _one_at_a_time("status IN ('queued','running','retry') AND NOT merges")
    op.create_index("ix_review_case_employer_id", "review_case", ["employer_id"])


def _one_at_a_time(condition: str) -> None:
    """Say anew of which handovers one organization has one at a time: a merger runs beside another."""
    op.drop_index("handover_one_at_a_time", "handover")
    op.create_index("handover_one_at_a_time", "handover", ["from_id"], unique=True, postgresql_where=sa.text(condition))


def downgrade() -> None:
    op.drop_index("ix_review_case_employer_id", "review_case")
    op.execute("DELETE FROM handover WHERE merges")
    _one_at_a_time("status IN ('queued','running','retry')")
    op.drop_column("handover", "merges")
    op.drop_column("organization", "merged_into")
