"""Two tallies of each decision: by place, and by month; apart they are far fewer rows than together."""

from alembic import op

revision = "0011"
down_revision = "0010"
DECIDED = """
    SELECT c.programme, h.tier, h.organization_id, coalesce(o.region, '') AS region,
        date_trunc('month', timezone('Asia/Shanghai', h.at))::date AS month, h.decision, h.category,
        round(extract(epoch FROM h.at - h.arrived_at) / 8640)::int AS took
    FROM history h JOIN review_case c ON c.id = h.case_id LEFT JOIN organization o ON o.id = c.employer_id
    WHERE h.kind = 'decided'
"""
BY_PLACE = f"""
INSERT INTO tally (programme, tier, organization_id, region, decision, category, took, count, folded)
SELECT programme, tier, organization_id, region, decision, category, took, count(*), true
FROM ({DECIDED}) AS decided GROUP BY 1, 2, 3, 4, 5, 6, 7
"""  # noqa: S608 - our own words
BY_MONTH = f"""
INSERT INTO tally (programme, tier, month, decision, took, count, folded)
SELECT programme, '', month, decision, took, count(*), true
FROM ({DECIDED}) AS decided GROUP BY programme, month, decision, took
"""  # noqa: S608 - likewise


def upgrade() -> None:
    op.execute("DELETE FROM tally")
    op.alter_column("tally", "organization_id", nullable=True)
    op.alter_column("tally", "month", nullable=True)
    op.create_check_constraint("tally_of_place_or_month", "tally", "(organization_id IS NULL) <> (month IS NULL)")
    op.execute(BY_PLACE)
    op.execute(BY_MONTH)


def downgrade() -> None:
    op.drop_constraint("tally_of_place_or_month", "tally")
    op.execute("DELETE FROM tally")
    op.alter_column("tally", "organization_id", nullable=False)
    op.alter_column("tally", "month", nullable=False)
