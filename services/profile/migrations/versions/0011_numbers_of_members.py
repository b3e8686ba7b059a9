"""Members are found by their numbers: anybody may verify one."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    has_number = sa.text("membership_number IS NOT NULL")
    op.create_index("submission_of_member", "submission", ["membership_number"], postgresql_where=has_number)


def downgrade() -> None:
    op.drop_index("submission_of_member", "submission")
