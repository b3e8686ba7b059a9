"""Figures of the review: what waits, what was decided and returned, and how long it took."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from services.review.models import Case, Entry, Organization, Turn
from services.review.schemas import Statistics, TierFigures
from shared.contracts.identity import Caller
from shared.kit.clock import CHINA
from shared.kit.database import Session

Key = tuple[str, str, UUID]
"""Programme, tier, organization."""


async def statistics(
    session: Session, caller: Caller, programme: str | None, from_on: date | None, to_on: date | None
) -> Statistics:
    """The figures of the caller's organization; of all, for administrators.

    Decisions count by the day in China on which they were made, from `from_on` to `to_on`, both included. What waits
    is counted as it is now.
    """
    own = None if "administrator" in caller.roles else caller.organization
    waiting = await _waiting(session, own, programme)
    decided = await _decided(session, own, programme, _midnight(from_on, 0), _midnight(to_on, 1))
    keys = sorted(waiting.keys() | decided.keys(), key=str)
    names = await _names(session, {key[2] for key in keys})
    return Statistics(items=[_figures(key, waiting, decided, names) for key in keys])


async def _waiting(session: Session, own: UUID | None, programme: str | None) -> dict[Key, int]:
    group = (col(Turn.programme), col(Turn.tier), col(Turn.organization_id))
    counted = select(*group, func.count()).where(col(Turn.waiting)).group_by(*group)
    if own is not None:
        counted = counted.where(col(Turn.organization_id) == own)
    if programme is not None:
        counted = counted.where(col(Turn.programme) == programme)
    return {(row[0], row[1], row[2]): row[3] for row in await session.execute(counted)}


async def _decided(
    session: Session, own: UUID | None, programme: str | None, since: datetime | None, until: datetime | None
) -> dict[Key, tuple[int, int, float | None, float | None]]:
    group = (col(Case.programme), col(Entry.tier), col(Entry.organization_id))
    took = func.extract("epoch", col(Entry.at) - col(Entry.arrived_at))
    counted = (
        select(
            *group,
            func.count(),
            func.count().filter(col(Entry.decision) == "return"),
            func.percentile_cont(0.5).within_group(took),
            func.percentile_cont(0.9).within_group(took),
        )
        .join(Case, col(Case.id) == col(Entry.case_id))
        .where(col(Entry.kind) == "decided")
        .group_by(*group)
    )
    if own is not None:
        counted = counted.where(col(Entry.organization_id) == own)
    if programme is not None:
        counted = counted.where(col(Case.programme) == programme)
    if since is not None:
        counted = counted.where(col(Entry.at) >= since)
    if until is not None:
        counted = counted.where(col(Entry.at) < until)
    rows = await session.execute(counted)
    return {(row[0], row[1], row[2]): (row[3], row[4], row[5], row[6]) for row in rows}


async def _names(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    rows = await session.execute(
        select(col(Organization.id), col(Organization.name)).where(col(Organization.id).in_(ids))
    )
    return {row[0]: row[1] for row in rows}


def _figures(
    key: Key,
    waiting: Mapping[Key, int],
    decided: Mapping[Key, tuple[int, int, float | None, float | None]],
    names: Mapping[UUID, str],
) -> TierFigures:
    count, returned, median, p90 = decided.get(key, (0, 0, None, None))
    return TierFigures(
        programme=key[0],
        tier=key[1],
        organization_id=key[2],
        organization=names.get(key[2], ""),
        waiting=waiting.get(key, 0),
        decided=count,
        returned=returned,
        median_seconds=median,
        p90_seconds=p90,
    )


def _midnight(day: date | None, days: int) -> datetime | None:
    """The beginning of that day in China, or of the day so many days after."""
    return None if day is None else datetime.combine(day + timedelta(days=days), time(), CHINA)
