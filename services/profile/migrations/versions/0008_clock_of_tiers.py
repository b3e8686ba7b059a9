"""The clock that applicants see: since when a tier has waited, what its office usually takes, which days are worked."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("tier_progress", sa.Column("holder_id", sa.Uuid(), nullable=True))
    op.add_column("tier_progress", sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("tier_progress", sa.Column("usual_from", sa.Integer(), nullable=True))
    op.add_column("tier_progress", sa.Column("usual_to", sa.Integer(), nullable=True))
    op.add_column("tier_progress", sa.Column("reached_sequence", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE tier_progress SET waiting_since = reached_at")
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_worked", sa.Boolean(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )


def downgrade() -> None:
    op.drop_table("calendar_day")
    for column in ("reached_sequence", "usual_to", "usual_from", "waiting_since", "holder_id"):
        op.drop_column("tier_progress", column)
