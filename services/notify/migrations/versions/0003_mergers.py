"""Who took the place of an organization that was merged: letters to its reviewers go there."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("organization", sa.Column("merged_into", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("organization", "merged_into")
