"""Figures of all time, from the tallies: counts, and percentiles of how long cases waited."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Float, SQLColumnExpression, case, cast, func, literal, select
from sqlmodel import col

from services.review.models import Tally
from shared.kit.database import Session

Key: TypeAlias = tuple[Any, ...]
Name: TypeAlias = Literal["programme", "tier", "organization_id", "region", "category", "month"]
SECONDS = 8640.0
"""Of a tenth of a day."""
COLUMNS: Mapping[Name, SQLColumnExpression[Any]] = {
    "programme": col(Tally.programme).collate("C"),
    "tier": col(Tally.tier).collate("C"),
    "organization_id": col(Tally.organization_id),
    "region": col(Tally.region).collate("C"),
    "category": col(Tally.category).collate("C"),
    "month": func.to_char(col(Tally.month), literal("YYYY-MM", literal_execute=True)),
}
"""What decisions are grouped by; texts by their bytes, for sorting them as a language does takes ten times as long."""


class Counted(NamedTuple):
    """What was decided of one group."""

    decided: int = 0
    approved: int = 0
    returned: int = 0
    median_seconds: float | None = None
    p90_seconds: float | None = None


async def tallied(
    session: Session, of: Sequence[ColumnElement[bool]], programme: str | None, names: Sequence[Name]
) -> dict[Key, Counted]:
    """What was decided, by these columns, at the organizations `of` which it is; percentiles as PostgreSQL's own.

    By month it is counted for all organizations together.
    """
    is_of = (col(Tally.month) if "month" in names else col(Tally.organization_id)).is_not(None)
    group: list[Any] = [COLUMNS[name].label(name) for name in names]
    alike = select(*group, col(Tally.took).label("took"), *_sums()).where(*of, is_of).group_by(*group, col(Tally.took))
    if programme is not None:
        alike = alike.where(col(Tally.programme) == programme)
    rows = alike.subquery()
    keys = [rows.c[name] for name in names]
    timed = case((rows.c.took.is_not(None), rows.c.n), else_=0)
    total = func.sum(timed).over(partition_by=keys).label("total")
    upto = func.sum(timed).over(partition_by=keys, order_by=rows.c.took).label("upto")
    ranked = select(*keys, rows.c.took, rows.c.n, rows.c.approved, rows.c.returned, total, upto).subquery()
    places = [ranked.c[name] for name in names]
    counts = [func.sum(ranked.c[name]) for name in ("n", "approved", "returned")]
    shares = [_percentile(ranked, share) for share in (0.5, 0.9)]
    found = await session.execute(select(*places, *counts, *shares).group_by(*places))
    return {tuple(row[: len(names)]): _counted(row[len(names) :]) for row in found}


def _sums() -> list[ColumnElement[Any]]:
    """How many there are, and of which decision."""
    count = col(Tally.count)
    return [
        func.sum(count).label("n"),
        func.coalesce(func.sum(count).filter(col(Tally.decision) == "approve"), 0).label("approved"),
        func.coalesce(func.sum(count).filter(col(Tally.decision) == "return"), 0).label("returned"),
    ]


def _percentile(ranked: Any, share: float) -> ColumnElement[float]:  # noqa: ANN401 - a subquery's columns
    """The value below which that share lies, between the two nearest ranks as `percentile_cont` takes it."""
    rank = 1 + share * (func.max(ranked.c.total) - 1)
    total = cast(ranked.c.total, Float)
    place = 1 + share * (total - 1)
    low = func.min(ranked.c.took).filter(ranked.c.upto >= func.floor(place))
    high = func.min(ranked.c.took).filter(ranked.c.upto >= func.ceil(place))
    return low + (high - low) * (cast(rank, Float) - func.floor(cast(rank, Float)))


def _counted(row: Sequence[Any]) -> Counted:
    """A row's figures, with times in seconds."""
    times = [None if value is None else float(value) * SECONDS for value in row[3:]]
    return Counted(int(row[0]), int(row[1]), int(row[2]), *times)
