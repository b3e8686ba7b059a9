"""Who took the place of an organization that was merged: drafts that name it mean the other."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("organization", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.create_index("ix_organization_merged_into", "organization", ["merged_into"])


def downgrade() -> None:
    op.drop_index("ix_organization_merged_into", "organization")
    op.drop_column("organization", "merged_into")
