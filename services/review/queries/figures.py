"""Counts and times of the review, grouped as they are asked for: what waits now, what was decided, why it came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Double,
    SQLColumnExpression,
    cast,
    func,
    literal,
    select,
    text,
    true,
)
from sqlmodel import col

from services.review.models import Case, Entry, Organization, Tally, Turn
from services.review.queries.authority import demand_administrator
from services.review.queries.tallies import Counted, Key, Name, tallied
from services.review.rules import region_seen
from shared.contracts.identity import Caller
from shared.kit.clock import CHINA
from shared.kit.database import Session
from shared.programmes.catalogue import PROGRAMMES

Columns: TypeAlias = tuple[SQLColumnExpression[Any], ...]
SHARES = literal([0.5, 0.9], ARRAY(Double))
"""Median and 90th percentile, of one sorting."""
ROOM = text("SET LOCAL work_mem = '64MB'")
"""Sorting half a million times in memory takes half as long as on disk."""


COLUMNS: Mapping[Name, SQLColumnExpression[Any]] = {
    "programme": col(Case.programme),
    "tier": col(Entry.tier),
    "organization_id": col(Entry.organization_id),
    "region": func.coalesce(col(Organization.region), ""),
    "category": col(Entry.category),
    "month": func.to_char(func.timezone("Asia/Shanghai", col(Entry.at)), literal("YYYY-MM", literal_execute=True)),
}
"""What decisions are grouped by, as the histories say it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of what figures are wanted: the programme, and the days in China on which it was decided, both included."""

    programme: str | None = None
    from_on: date | None = None
    to_on: date | None = None


class Scope(NamedTuple):
    """The organizations whose figures a reader may see: one, those of a region, or all."""

    organization_id: UUID | None = None
    region: str | None = None

    def narrow(self, column: SQLColumnExpression[Any]) -> list[ColumnElement[bool]]:
        """That the organization is one of them."""
        if self.region is not None:
            in_region = select(col(Organization.id)).where(col(Organization.region).startswith(self.region))
            return [column.in_(in_region)]
        return [] if self.organization_id is None else [column == self.organization_id]


async def scope_of(session: Session, caller: Caller) -> Scope:
    """Whose figures the caller may see. Refused: Forbidden (403) to all but reviewers and administrators."""
    if "reviewer" not in caller.roles:
        demand_administrator(caller)
    if "administrator" in caller.roles:
        return Scope()
    own = (await session.execute(select(Organization).where(col(Organization.id) == caller.organization))).scalar()
    region = region_seen(own.kind, own.region, PROGRAMMES.values()) if own is not None else None
    return Scope(caller.organization, region)


async def waiting(session: Session, scope: Scope, wanted: Wanted, group: Columns) -> dict[Key, int]:
    """How many turns wait now, by the columns of the group."""
    counted = (
        select(*group, func.count())
        .select_from(Turn)
        .where(col(Turn.waiting), *scope.narrow(col(Turn.organization_id)))
        .group_by(*group)
    )
    if wanted.programme is not None:
        counted = counted.where(col(Turn.programme) == wanted.programme)
    return {tuple(row[:-1]): row[-1] for row in await session.execute(counted)}


async def oldest(session: Session, scope: Scope, wanted: Wanted, group: Columns) -> dict[Key, datetime]:
    """Since when the case waits that waits longest, by the columns of the group."""
    asked = (
        select(*group, func.min(col(Turn.arrived_at)))
        .where(col(Turn.waiting), *scope.narrow(col(Turn.organization_id)))
        .group_by(*group)
    )
    if wanted.programme is not None:
        asked = asked.where(col(Turn.programme) == wanted.programme)
    return {tuple(row[:-1]): row[-1] for row in await session.execute(asked)}


async def decided(session: Session, scope: Scope, wanted: Wanted, names: Sequence[Name]) -> dict[Key, Counted]:
    """What was decided, by these columns: of all time from the tallies, of some days from the histories.

    The months of a few organizations are counted from their histories, too.
    """
    of = scope.narrow(col(Tally.organization_id))
    if wanted.from_on is None and wanted.to_on is None and not (of and "month" in names):
        return await tallied(session, of, wanted.programme, names)
    took = cast(func.extract("epoch", col(Entry.at) - col(Entry.arrived_at)), Double)
    counts = (
        func.count(),
        func.count().filter(col(Entry.decision) == "approve"),
        func.count().filter(col(Entry.decision) == "return"),
        func.percentile_cont(SHARES).within_group(took),
    )
    group = [COLUMNS[name] for name in names]
    asked = select(*group, *counts).select_from(Entry).join(Case, col(Case.id) == col(Entry.case_id))
    if "region" in names:
        asked = asked.outerjoin(Organization, col(Organization.id) == col(Case.employer_id))
    if wanted.programme is not None:
        asked = asked.where(col(Case.programme) == wanted.programme)
    rows = await session.execute(asked.where(*_decisions(scope, wanted)).group_by(*group))
    return {tuple(row[: len(group)]): Counted(*row[len(group) : -1], *(row[-1] or (None, None))) for row in rows}


async def remarks(session: Session, scope: Scope, wanted: Wanted) -> list[tuple[str, str | None, int, int]]:
    """Programme and section of the remarks that returns carried, with how many, in how many cases; most first."""
    each = func.jsonb_array_elements(col(Entry.remarks)).table_valued("value", name="remark")
    section = each.c.value.op("->>")("section").label("section")
    of_case = (
        select(col(Entry.case_id), section, func.count().label("remarks"))
        .select_from(Entry)
        .join(each, onclause=true())
        .where(*_decisions(scope, wanted), col(Entry.decision) == "return")
        .group_by(col(Entry.case_id), section)
        .subquery()
    )
    total = func.sum(of_case.c.remarks)
    asked = (
        select(col(Case.programme), of_case.c.section, total, func.count())
        .join(of_case, of_case.c.case_id == col(Case.id))
        .group_by(col(Case.programme), of_case.c.section)
        .order_by(total.desc(), of_case.c.section)
    )
    if wanted.programme is not None:
        asked = asked.where(col(Case.programme) == wanted.programme)
    return [(row[0], row[1], int(row[2]), row[3]) for row in await session.execute(asked)]


async def regions(session: Session, ids: set[UUID]) -> Mapping[UUID, str]:
    """Where organizations lie."""
    known = select(col(Organization.id), col(Organization.region)).where(col(Organization.id).in_(ids))
    return {row[0]: row[1] for row in await session.execute(known)}


async def names(session: Session, ids: set[UUID]) -> Mapping[UUID, str]:
    """What organizations are called."""
    known = select(col(Organization.id), col(Organization.name)).where(col(Organization.id).in_(ids))
    return {row[0]: row[1] for row in await session.execute(known)}


def _decisions(scope: Scope, wanted: Wanted) -> list[ColumnElement[bool]]:
    """The decisions that count: of these organizations, on these days."""
    found = [col(Entry.kind) == "decided", *scope.narrow(col(Entry.organization_id))]
    if wanted.from_on is not None:
        found.append(col(Entry.at) >= _midnight(wanted.from_on, 0))
    if wanted.to_on is not None:
        found.append(col(Entry.at) < _midnight(wanted.to_on, 1))
    return found


def _midnight(day: date, days: int) -> datetime:
    """The beginning of that day in China, or of the day so many days after."""
    return datetime.combine(day + timedelta(days=days), time(), CHINA)
