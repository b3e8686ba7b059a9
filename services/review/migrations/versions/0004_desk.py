"""The desk: phrases, delegations, claims; what lists are filtered by; organizations found by their names."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import AutoString

from services.review.rules import employer_terms

revision = "0004"
down_revision = "0003"

WAITING = sa.text("waiting")
FACTS = """
UPDATE turn SET attention = c.attention, is_foreign = c.is_foreign, working_days = coalesce(
    (SELECT (step->>'working_days')::int FROM jsonb_array_elements(c.route) AS step
     WHERE step->>'organization_id' = turn.organization_id::text AND step->>'tier' = turn.tier LIMIT 1), 5)
FROM review_case AS c WHERE c.id = turn.case_id
"""


def upgrade() -> None:
    _desk()
    op.add_column("calendar_day", sa.Column("name", AutoString(), server_default="", nullable=False))
    op.add_column("reviewer", sa.Column("organization_id", sa.Uuid(), nullable=True))
    op.create_index("ix_reviewer_organization_id", "reviewer", ["organization_id"], unique=False)
    op.add_column("organization", _column("programmes", JSONB(), "'[]'"))
    op.add_column("organization", _column("is_disabled", sa.Boolean(), "false"))
    op.add_column("organization", _column("terms", ARRAY(sa.String()), "'{}'"))
    _name_organizations()
    op.create_index("organization_search", "organization", ["terms"], unique=False, postgresql_using="gin")
    op.create_index("organization_of_region", "organization", ["region", "kind"], unique=False)
    op.add_column("turn", _column("working_days", sa.Integer(), "5"))
    op.add_column("turn", _column("attention", sa.Integer(), "0"))
    op.add_column("turn", _column("is_foreign", sa.Boolean(), "false"))
    op.execute(FACTS)
    _lists()


def downgrade() -> None:
    for name in (
        "turn_waiting_due",
        "turn_waiting_attention",
        "turn_waiting_foreign",
        "turn_waiting_refiled",
        "turn_employer",
    ):
        op.drop_index(name, table_name="turn")
    for table, column in (
        ("turn", "is_foreign"), ("turn", "attention"), ("turn", "working_days"), ("organization", "terms"),
        ("organization", "is_disabled"), ("organization", "programmes"), ("reviewer", "organization_id"),
        ("calendar_day", "name"),
    ):  # fmt: skip
        op.drop_column(table, column)
    for table in ("claim", "delegation", "phrase_book"):
        op.drop_table(table)


def _column(name: str, kind: Any, default: str) -> sa.Column[Any]:  # noqa: ANN401 - any type of a column
    return sa.Column(name, kind, server_default=sa.text(default), nullable=False)


def _desk() -> None:
    op.create_table(
        "phrase_book",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("phrases", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id"),
    )
    op.create_table(
        "delegation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("delegator_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.CheckConstraint("from_on <= to_on", name="delegation_runs_forward"),
        sa.CheckConstraint("delegator_id <> deputy_id", name="delegation_to_another"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("delegation_of_organization", "delegation", ["organization_id", "from_on", "id"], unique=False)
    op.create_index("delegation_of_delegator", "delegation", ["delegator_id", "from_on"], unique=False)
    op.create_table(
        "claim",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"]),
        sa.PrimaryKeyConstraint("case_id", "organization_id"),
    )


def _name_organizations() -> None:
    """Let those that are known already be found by their names."""
    connection = op.get_bind()
    known = connection.execute(sa.text("SELECT id, name FROM organization")).all()
    named = sa.text("UPDATE organization SET terms = :terms WHERE id = :id")
    for key, name in known:
        connection.execute(named, {"id": key, "terms": employer_terms(name)})


def _lists() -> None:
    walk = ["organization_id", "arrived_at", "case_id"]
    op.create_index("turn_waiting_due", "turn", ["organization_id", "due_on", "case_id"], postgresql_where=WAITING)
    op.create_index(
        "turn_waiting_attention", "turn", ["organization_id", sa.text("(- attention)"), "case_id"],
        postgresql_where=WAITING,
    )  # fmt: skip
    op.create_index("turn_employer", "turn", ["organization_id", "employer_id", "arrived_at", "case_id"], unique=False)
    op.create_index("turn_waiting_foreign", "turn", walk, postgresql_where=sa.text("waiting AND is_foreign"))
    op.create_index("turn_waiting_refiled", "turn", walk, postgresql_where=sa.text("waiting AND version > 1"))
