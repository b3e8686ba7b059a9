"""Handovers that take along what was approved: the other organization answers for it from then on."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("handover", sa.Column("takes_approved", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("handover", "takes_approved")
