"""Organizations that were merged into another, and accounts found by how their names read."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from shared.programmes.facts import pinyin

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TEXT = sa.String()
ACCOUNT = sa.table("account", sa.column("id", sa.Uuid()), sa.column("name", TEXT), sa.column("pinyin", TEXT),
                   sa.column("initials", TEXT))  # fmt: skip


def upgrade() -> None:
    op.add_column("organization", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.create_foreign_key("organization_merged", "organization", "organization", ["merged_into"], ["id"])
    op.create_check_constraint(
        "organization_merged_is_disabled", "organization", "merged_into IS NULL OR disabled_at IS NOT NULL"
    )
    op.create_index("ix_organization_merged_into", "organization", ["merged_into"])
    op.create_index("organization_by_region", "organization", ["region", "kind"])
    op.add_column("account", sa.Column("pinyin", TEXT, server_default="", nullable=False))
    op.add_column("account", sa.Column("initials", TEXT, server_default="", nullable=False))
    op.create_index("ix_account_pinyin", "account", ["pinyin"])
    _read_names()


def _read_names() -> None:
    """Read the names of the accounts that are there."""
    connection = op.get_bind()
    for account_id, name in connection.execute(sa.select(ACCOUNT.c.id, ACCOUNT.c.name)).all():
        syllables = pinyin.of_person(name).split()
        connection.execute(
            sa.update(ACCOUNT)
            .where(ACCOUNT.c.id == account_id)
            .values(pinyin="".join(syllables), initials="".join(one[0] for one in syllables))
        )


def downgrade() -> None:
    op.drop_column("account", "initials")
    op.drop_column("account", "pinyin")
    op.drop_column("organization", "merged_into")
