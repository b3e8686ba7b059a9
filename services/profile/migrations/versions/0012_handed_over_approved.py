"""Who answers for an approved submission that was handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("submission", sa.Column("holder_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("submission", "holder_id")
