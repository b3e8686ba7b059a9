"""A keyed seal over each case's history: hashes alone can be computed anew by whoever has the database."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import AutoString

from shared.kit.vault import vault

revision = "0005"
down_revision = "0004"

PURPOSE = "history_seal"


def upgrade() -> None:
    op.add_column("review_case", sa.Column("history_seal", AutoString(), server_default="", nullable=False))
    _seal_what_is_there()


def downgrade() -> None:
    op.drop_column("review_case", "history_seal")


def _seal_what_is_there() -> None:
    """Seal the histories as they stand."""
    connection = op.get_bind()
    cases = connection.execute(sa.text("SELECT id, history_seq, history_head FROM review_case WHERE history_seq > 0"))
    seal = sa.text("UPDATE review_case SET history_seal = :seal WHERE id = :id")
    for key, length, head in cases.all():
        connection.execute(seal, {"id": key, "seal": vault().index(f"{key}:{length}:{bytes(head).hex()}", PURPOSE)})
