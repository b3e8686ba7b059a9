"""Imports of people: lists, rows, the jobs that do them; usernames found by their stem."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TEXT, INSTANT = sa.String(), sa.DateTime(timezone=True)
NOW, FALSE = sa.text("juxian_now()"), sa.text("false")


def upgrade() -> None:
    op.create_table(
        "people_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme", TEXT, nullable=False),
        sa.Column("file_name", TEXT, nullable=False),
        sa.Column("state", TEXT, server_default="previewed", nullable=False),
        sa.Column("undoing", sa.Boolean(), server_default=FALSE, nullable=False),
        sa.Column("credentials", TEXT, server_default="none", nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("run_at", INSTANT, nullable=True),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.CheckConstraint("state IN ('previewed','running','done','undone')", name="people_import_state_known"),
        sa.CheckConstraint("credentials IN ('none','waiting','fetched')", name="people_import_credentials_known"),
        sa.CheckConstraint("NOT undoing OR state = 'running'", name="people_import_undoing_runs"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_people_import_made_at", "people_import", ["made_at"])
    op.create_table(
        "import_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("troubles", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("username", TEXT, nullable=True),
        sa.Column("secret", TEXT, nullable=True),
        sa.CheckConstraint(
            "outcome IN ('ready','known','rejected','skipped','created','added','failed','undone')",
            name="import_row_outcome_known",
        ),
        sa.ForeignKeyConstraint(["import_id"], ["people_import.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("import_id", "row", name="import_row_once"),
    )
    op.create_index(
        "import_row_of_account", "import_row", ["account_id"], postgresql_where=sa.text("account_id IS NOT NULL")
    )
    op.create_table(
        "import_chunk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("queue", TEXT, nullable=False),
        sa.Column("status", TEXT, server_default="queued", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("enqueued_at", INSTANT, nullable=True),
        sa.Column("last_error", TEXT, nullable=True),
        sa.Column("request_id", TEXT, server_default="", nullable=False),
        sa.Column("created_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("task", TEXT, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('queued','running','retry','done','failed','cancelled')", name="import_chunk_status_known"
        ),
        sa.CheckConstraint(
            "(status = 'running') = (lease_until IS NOT NULL)", name="import_chunk_leased_while_running"
        ),
        sa.CheckConstraint("task IN ('run','undo')", name="import_chunk_task_known"),
        sa.ForeignKeyConstraint(["import_id"], ["people_import.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("import_id", "task", "first", name="import_chunk_once"),
    )
    op.create_index(
        "import_chunk_due", "import_chunk", ["next_at"], postgresql_where=sa.text("status IN ('queued','retry')")
    )
    op.create_index(
        "import_chunk_leased", "import_chunk", ["lease_until"], postgresql_where=sa.text("status = 'running'")
    )
    op.add_column(
        "account", sa.Column("username_stem", TEXT, sa.Computed("rtrim(username_key, '0123456789')", persisted=True))
    )
    op.create_index("ix_account_username_stem", "account", ["username_stem"])


def downgrade() -> None:
    op.drop_index("ix_account_username_stem", "account")
    op.drop_column("account", "username_stem")
    op.drop_table("import_chunk")
    op.drop_table("import_row")
    op.drop_table("people_import")
