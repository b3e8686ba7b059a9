"""Letters by their kind, newest first: deliveries are looked for by the letter that they carry."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_index("letter_of_kind", "letter", ["letter", sa.text("id DESC")])
