"""Profile's first tables: accounts, organizations, windows, drafts and scans."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import AutoString

from shared.kit.migrations import create_kit_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_kit_tables(op)
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("language", AutoString(), nullable=False),
        sa.Column("programmes", JSONB(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "filing_window",
        sa.Column("programme", AutoString(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("opens_at < closes_at", name="filing_window_opens_before_it_closes"),
        sa.PrimaryKeyConstraint("programme"),
    )
    op.create_table(
        "number_series",
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
        sa.Column("name_en", AutoString(), server_default="", nullable=False),
        sa.Column("pinyin", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("region", AutoString(), nullable=False),
        sa.Column("municipal", sa.Boolean(), nullable=False),
        sa.Column("programmes", JSONB(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("organization_holder", "organization", ["kind", "region"], unique=False)
    op.create_table(
        "profile",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("programme", AutoString(), nullable=False),
        sa.Column("registration", sa.LargeBinary(), nullable=True),
        sa.Column("talent_type", AutoString(), nullable=True),
        sa.Column(
            "last_modified_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "programme", name="profile_one_each"),
    )
    op.create_table(
        "scan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", AutoString(), nullable=False),
        sa.Column("status", AutoString(), server_default="received", nullable=False),
        sa.Column("code", AutoString(), nullable=True),
        sa.Column("reason", AutoString(), nullable=True),
        sa.Column("media_type", AutoString(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("cleaned_type", AutoString(), nullable=True),
        sa.Column("cleaned_sha256", AutoString(), nullable=True),
        sa.Column("pages", sa.Integer(), server_default="0", nullable=False),
        sa.Column("page_hashes", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("flags", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("checks", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("attention", sa.Integer(), server_default="0", nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'ready') = (pages > 0)", name="scan_ready_with_pages"),
        sa.CheckConstraint("(status = 'rejected') = (code IS NOT NULL)", name="scan_rejected_with_a_code"),
        sa.CheckConstraint("purpose IN ('photo','id_scan','proof')", name="scan_purpose_known"),
        sa.CheckConstraint("status IN ('received','processing','ready','rejected')", name="scan_status_known"),
        sa.CheckConstraint("(code IS NULL) = (reason IS NULL)", name="scan_code_with_its_reason"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_scan_sha256", "scan", ["sha256"], unique=False)
    op.create_index("scan_of_account", "scan", ["account_id", "id"], unique=False)
    op.create_table(
        "scan_job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("queue", AutoString(), nullable=False),
        sa.Column("status", AutoString(), server_default="queued", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("request_id", AutoString(), server_default="", nullable=False),
        sa.Column("last_error", AutoString(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(status = 'running') = (lease_until IS NOT NULL)", name="scan_job_leased_while_running"),
        sa.CheckConstraint(
            "status IN ('queued','running','retry','done','failed','cancelled')", name="scan_job_status_known"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_scan_job_scan_id", "scan_job", ["scan_id"], unique=False)
    op.create_index(
        "scan_job_due", "scan_job", ["next_at"], unique=False, postgresql_where="status IN ('queued','retry')"
    )
    op.create_index("scan_job_leased", "scan_job", ["lease_until"], unique=False, postgresql_where="status = 'running'")
    op.create_table(
        "scan_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("queue", AutoString(), nullable=False),
        sa.Column("status", AutoString(), server_default="queued", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("request_id", AutoString(), server_default="", nullable=False),
        sa.Column("last_error", AutoString(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(status = 'running') = (lease_until IS NOT NULL)", name="scan_notice_leased_while_running"),
        sa.CheckConstraint(
            "status IN ('queued','running','retry','done','failed','cancelled')", name="scan_notice_status_known"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "scan_notice_due", "scan_notice", ["next_at"], unique=False, postgresql_where="status IN ('queued','retry')"
    )
    op.create_index(
        "scan_notice_leased", "scan_notice", ["lease_until"], unique=False, postgresql_where="status = 'running'"
    )
    op.create_index(
        "scan_notice_one_waits",
        "scan_notice",
        ["account_id"],
        unique=True,
        postgresql_where=sa.text("status = 'queued'"),
    )
    op.create_table(
        "window_extension",
        sa.Column("programme", AutoString(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("opens_at < closes_at", name="window_extension_opens_before_it_closes"),
        sa.PrimaryKeyConstraint("programme", "account_id"),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("section", AutoString(), nullable=False),
        sa.Column("single", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("scans", JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("juxian_now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profile.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("entry_names_scan", "entry", ["scans"], unique=False, postgresql_using="gin")
    op.create_index("entry_of_profile", "entry", ["profile_id", "created_at", "id"], unique=False)
    op.create_index(
        "entry_one_of_a_single_section",
        "entry",
        ["profile_id", "section"],
        unique=True,
        postgresql_where=sa.text("single"),
    )
