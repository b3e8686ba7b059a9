"""Reads of how far submissions have come: routes of snapshots, and what tiers decided."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import ScalarSelect, SQLColumnExpression, func, select, tuple_
from sqlmodel import col

from services.profile.models import CalendarDay, Organization, Snapshot, TierProgress
from services.profile.queries.drafts import Draft
from services.profile.rules.holders import held_now
from services.profile.rules.progress import Decided, Waiting, current
from shared.kit import clock
from shared.kit.database import Session

Kind = TypeVar("Kind")
Value: TypeAlias = Kind | SQLColumnExpression[Kind]


async def decided(session: Session, rounds: Collection[tuple[UUID, int]]) -> Mapping[UUID, dict[str, Decided]]:
    """For each submission and its round: the tiers that decided in it."""
    found: dict[UUID, dict[str, Decided]] = {submission: {} for submission, _round in rounds}
    wanted = select(TierProgress).where(
        tuple_(col(TierProgress.submission_id), col(TierProgress.round)).in_(list(rounds)),
        col(TierProgress.decision).is_not(None),
    )
    for row in (await session.execute(wanted)).scalars():
        if row.decision and row.decided_at:
            found[row.submission_id][row.tier] = Decided(row.decision, row.decided_at, row.comment)
    return found


async def waiting(session: Session, rounds: Collection[tuple[UUID, int]]) -> Mapping[UUID, dict[str, Waiting]]:
    """For each submission and its round: the tiers that it reached, who has it there, and how long it has waited."""
    found: dict[UUID, dict[str, Waiting]] = {submission: {} for submission, _round in rounds}
    wanted = (
        select(TierProgress, Organization, clock.now_sql())
        .outerjoin(Organization, col(Organization.id) == col(TierProgress.holder_id))
        .where(
            tuple_(col(TierProgress.submission_id), col(TierProgress.round)).in_(list(rounds)),
            col(TierProgress.holder_id).is_not(None) | col(TierProgress.waiting_since).is_not(None),
        )
    )
    rows = (await session.execute(wanted)).all()
    overrides = await calendar(session) if rows else {}
    for row, holder_, now in rows:
        first, today = ((at or now).astimezone(clock.CHINA).date() for at in (row.waiting_since, now))
        days = clock.working_days_between(first, today, overrides)
        usual = None if row.usual_from is None or row.usual_to is None else (row.usual_from, row.usual_to)
        found[row.submission_id][row.tier] = Waiting(days, usual, _shown(holder_))
    return found


async def calendar(session: Session) -> dict[date, bool]:
    """The days that administrators declared to be worked or not."""
    declared = select(col(CalendarDay.day), col(CalendarDay.is_worked)).where(col(CalendarDay.is_worked).is_not(None))
    return {row[0]: bool(row[1]) for row in await session.execute(declared)}


def _shown(holder_: Organization | None) -> dict[str, Any] | None:
    """An organization as a route shows it; None where auth has not told of it yet."""
    if holder_ is None:
        return None
    kept = {name: getattr(holder_, name) for name in ("name", "kind", "region", "municipal")}
    return {"organization_id": str(holder_.id), **kept}


async def route(session: Session, submission_id: UUID, version: int) -> list[dict[str, Any]]:
    """The route that a version was filed with."""
    wanted = select(col(Snapshot.route)).where(
        col(Snapshot.submission_id) == submission_id, col(Snapshot.version) == version
    )
    return list((await session.execute(wanted)).scalar_one())


async def holder(session: Session, draft: Draft) -> Mapping[str, Any]:
    """The step that holds a submission at present: its tier, the tier's title, its organization."""
    steps = await route(session, draft.submission_id, draft.standing.version)
    place = draft.submission_id, draft.standing.round
    done = await decided(session, [place])
    return current(held_now(steps, await holders(session, *place)), done[draft.submission_id])


async def holders(session: Session, submission_id: UUID, round_: int) -> dict[str, Mapping[str, Any]]:
    """Who has each tier of a round, as far as review told."""
    return (await session.execute(select(holders_selected(submission_id, round_)))).scalar_one() or {}


def holders_selected(submission_id: Value[UUID], round_: Value[int]) -> ScalarSelect[Any]:
    """The same as a part of another statement."""
    names = ("name", "kind", "region", "municipal")
    parts = (part for name in names for part in (name, getattr(Organization, name)))
    office = func.jsonb_build_object("organization_id", col(Organization.id), *parts)
    return (
        select(func.jsonb_object_agg(col(TierProgress.tier), office))
        .join(Organization, col(Organization.id) == col(TierProgress.holder_id))
        .where(col(TierProgress.submission_id) == submission_id, col(TierProgress.round) == round_)
        .scalar_subquery()
    )
