"""Which versions were approved when, what else of a person was seen, and documents drawn by jobs."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "approval",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
        ),
        sa.PrimaryKeyConstraint("submission_id", "version"),
    )
    # What the tiers approved so far: the last version filed in each round, and every change that was applied.
    op.execute("""
        INSERT INTO approval (submission_id, version, approved_at)
        SELECT s.submission_id, max(s.version), max(t.decided_at)
        FROM snapshot s
        JOIN tier_progress t ON t.submission_id = s.submission_id AND t.round = s.round
        WHERE s.change_request_id IS NULL AND t.decision = 'approve' AND t.tier = s.route -> -1 ->> 'tier'
        GROUP BY s.submission_id, s.round
        UNION
        SELECT submission_id, version, filed_at FROM snapshot WHERE change_request_id IS NOT NULL
    """)
    op.add_column("access", sa.Column("kind", AutoString(), server_default="opened", nullable=False))
    op.add_column("access", sa.Column("field", AutoString(), nullable=True))
    op.add_column("access", sa.Column("reason", sa.LargeBinary(), nullable=True))
    op.alter_column("access", "organization_id", nullable=True)
    op.alter_column("access", "organization_name", nullable=True)
    op.alter_column("access", "tier", nullable=True)
    op.alter_column("access", "version", nullable=True)
    op.create_check_constraint("access_kind_known", "access", "kind IN ('opened','reveal','dossier','export')")
    op.create_check_constraint("access_reveals_a_field", "access", "(kind = 'reveal') = (field IS NOT NULL)")
    op.create_check_constraint("access_reveals_with_a_reason", "access", "kind <> 'reveal' OR reason IS NOT NULL")
    op.create_check_constraint(
        "access_organization_named", "access", "(organization_id IS NULL) = (organization_name IS NULL)"
    )
    op.create_table(
        "document",
        *_job_columns(),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("fingerprint", AutoString(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_as", AutoString(), nullable=False),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("drawn", sa.Integer(), server_default="0", nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(status = 'running') = (lease_until IS NOT NULL)", name="document_leased_while_running"),
        sa.CheckConstraint("kind <> 'dossier' OR submission_id IS NOT NULL", name="document_dossier_of_a_submission"),
        sa.CheckConstraint("kind IN ('dossier','export')", name="document_kind_known"),
        sa.CheckConstraint("status <> 'done' OR size IS NOT NULL", name="document_done_with_its_size"),
        sa.CheckConstraint(
            "status IN ('queued','running','retry','done','failed','cancelled')", name="document_status_known"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "document_asked_once",
        "document",
        ["asked_by", "kind", "account_id", "fingerprint"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('failed','cancelled')"),
    )
    op.create_index(
        "document_due", "document", ["next_at"], unique=False, postgresql_where="status IN ('queued','retry')"
    )
    op.create_index("document_expires", "document", ["expires_at"], unique=False)
    op.create_index("document_leased", "document", ["lease_until"], unique=False, postgresql_where="status = 'running'")


def _job_columns() -> list[sa.Column[Any]]:
    """What every job has."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("queue", AutoString(), nullable=False),
        sa.Column("status", AutoString(), server_default="queued", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", AutoString(), nullable=True),
        sa.Column("request_id", AutoString(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
    ]
