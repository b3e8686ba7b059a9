"""What the pages of a scan are told by, the checks that belong to a version, and scans that are run again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import AutoString

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "scan_print",
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("person", AutoString(), nullable=True),
        sa.Column("tokens", ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("looks", AutoString(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("scan_id", "page"),
    )
    op.create_index("scan_print_tokens", "scan_print", ["tokens"], unique=False, postgresql_using="gin")
    op.create_index("scan_print_of_account", "scan_print", ["account_id"], unique=False)
    # What is there already is told by its bytes; the rest comes with `juxian scans reprocess`.
    op.execute(
        "INSERT INTO scan_print (scan_id, page, account_id, tokens)"
        " SELECT id, 1, account_id, ARRAY['bytes:' || sha256] FROM scan WHERE status = 'ready'"
    )
    op.add_column("scan_job", sa.Column("from_step", AutoString(), nullable=True))
    op.add_column("snapshot_scan", sa.Column("checks", JSONB(), server_default=sa.text("'[]'"), nullable=False))
    op.execute("UPDATE snapshot_scan SET checks = scan.checks FROM scan WHERE scan.id = snapshot_scan.scan_id")
    op.add_column("change_request", sa.Column("checks", JSONB(), server_default=sa.text("'{}'"), nullable=False))
