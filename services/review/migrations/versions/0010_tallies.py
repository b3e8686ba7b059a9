"""Tallies of decisions, filled from the histories, and an index over returns."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

revision = "0010"
down_revision = "0009"
ALIKE = ["organization_id", "programme", "tier", "region", "month", "decision", "category", "took"]
FILL = """
INSERT INTO tally (programme, tier, organization_id, region, month, decision, category, took, count, folded)
SELECT programme, tier, organization_id, region, month, decision, category,
    CASE WHEN days < 1 THEN round(days * 100) ELSE round(days * 10) * 10 END::int AS hundredths, count(*), true
FROM (
    SELECT c.programme, h.tier, h.organization_id, coalesce(o.region, '') AS region,
        date_trunc('month', timezone('Asia/Shanghai', h.at))::date AS month, h.decision, h.category,
        extract(epoch FROM h.at - h.arrived_at) / 86400 AS days
    FROM history h JOIN review_case c ON c.id = h.case_id LEFT JOIN organization o ON o.id = c.employer_id
    WHERE h.kind = 'decided'
) AS decided GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("programme", AutoString(), nullable=False),
        sa.Column("tier", AutoString(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("region", AutoString(), server_default="", nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("decision", AutoString(), nullable=False),
        sa.Column("category", AutoString(), nullable=True),
        sa.Column("took", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), server_default="1", nullable=False),
        sa.Column("folded", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("count > 0", name="tally_counts_up"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute(FILL)
    op.create_index(
        "tally_folded", "tally", ALIKE, unique=True,
        postgresql_where=sa.text("folded"), postgresql_nulls_not_distinct=True,
    )  # fmt: skip
    op.create_index("tally_of_organization", "tally", ["organization_id"])
    op.create_index("tally_fresh", "tally", ["id"], postgresql_where=sa.text("NOT folded"))
    returns = sa.text("kind = 'decided' AND decision = 'return'")
    op.create_index("history_returned", "history", ["organization_id", "at"], postgresql_where=returns)


def downgrade() -> None:
    op.drop_index("history_returned", "history")
    op.drop_table("tally")
