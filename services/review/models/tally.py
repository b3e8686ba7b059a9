"""Tallies: how many decisions of a kind took how long, so that the figures of all time need not read them all."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Identity, Index, text
from sqlmodel import Field

from services.review.models.base import Table
from shared.kit.columns import switch


class Tally(Table, table=True):
    """So many decisions that are alike. A decision adds a row of its own, so that none waits for another's.

    A beat folds such rows into one. Each decision is counted twice: by place (`organization_id`, `tier`, `category`,
    and `region`, where the employer was) and by `month` (its first day in China): together they would be as many rows
    as decisions. `took`: the tenths of a day that the case had waited, null where nobody knows.
    """

    __tablename__ = "tally"
    __table_args__ = (
        CheckConstraint("count > 0", name="tally_counts_up"),
        CheckConstraint("(organization_id IS NULL) <> (month IS NULL)", name="tally_of_place_or_month"),
        Index(
            "tally_folded", "organization_id", "programme", "tier", "region", "month", "decision", "category", "took",
            unique=True, postgresql_where=text("folded"), postgresql_nulls_not_distinct=True,
        ),
        Index("tally_of_organization", "organization_id"),
        Index("tally_fresh", "id", postgresql_where=text("NOT folded")),
    )  # fmt: skip

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    programme: str
    tier: str
    organization_id: UUID | None = None
    region: str = Field(default="", sa_column_kwargs={"server_default": ""})
    month: date | None = None
    decision: str
    category: str | None = None
    took: int | None = None
    count: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    folded: bool = switch()
