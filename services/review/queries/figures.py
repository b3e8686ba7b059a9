"""Counts and times of the review, grouped as they are asked for: what waits now, what was decided, why it came back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Double,
    Select,
    SQLColumnExpression,
    cast,
    func,
    literal,
    select,
    text,
    true,
)
from sqlmodel import col

from services.review.models import Case, Entry, Organization, Turn
from services.review.queries.authority import demand_administrator
from services.review.rules import region_seen
from shared.contracts.identity import Caller
from shared.kit.clock import CHINA
from shared.kit.database import Session
from shared.programmes.catalogue import PROGRAMMES

Key: TypeAlias = tuple[Any, ...]
Columns: TypeAlias = tuple[SQLColumnExpression[Any], ...]
SHARES = literal([0.5, 0.9], ARRAY(Double))
"""Median and 90th percentile, of one sorting."""
ROOM = text("SET LOCAL work_mem = '64MB'")
"""Sorting half a million times in memory takes half as long as on disk."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of what figures are wanted: the programme, and the days in China on which it was decided, both included."""

    programme: str | None = None
    from_on: date | None = None
    to_on: date | None = None


class Counted(NamedTuple):
    """What was decided of one group."""

    decided: int = 0
    approved: int = 0
    returned: int = 0
    median_seconds: float | None = None
    p90_seconds: float | None = None


class Scope(NamedTuple):
    """The organizations whose figures a reader may see: one, those of a region, or all."""

    organization_id: UUID | None = None
    region: str | None = None

    def narrow(self, column: SQLColumnExpression[UUID]) -> list[ColumnElement[bool]]:
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


async def decided(
    session: Session, scope: Scope, wanted: Wanted, group: Columns, joined: Callable[[Any], Any] = lambda asked: asked
) -> dict[Key, Counted]:
    """What was decided, by the columns of the group; `joined` adds what the group needs beside the entry."""
    took = cast(func.extract("epoch", col(Entry.at) - col(Entry.arrived_at)), Double)
    figures = (
        func.count(),
        func.count().filter(col(Entry.decision) == "approve"),
        func.count().filter(col(Entry.decision) == "return"),
        func.percentile_cont(SHARES).within_group(took),
    )
    asked = select(*group, *figures).select_from(Entry).where(*_decisions(scope, wanted)).group_by(*group)
    rows = await session.execute(joined(_of_programme(asked, wanted)))
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


def _of_programme(asked: Select[*tuple[Any, ...]], wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """Only those of the programme, where one is named."""
    if wanted.programme is None:
        return asked
    of_programme = select(col(Case.id)).where(col(Case.programme) == wanted.programme)
    return asked.where(col(Entry.case_id).in_(of_programme))


def _midnight(day: date, days: int) -> datetime:
    """The beginning of that day in China, or of the day so many days after."""
    return datetime.combine(day + timedelta(days=days), time(), CHINA)
