"""How long an office usually takes: read from its own history, whenever somebody asks."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.review.models import Entry
from services.review.queries.calendar import Calendar
from services.review.rules import Usual, usual
from shared.kit.database import Session

REMEMBERED = timedelta(days=365)
NEWEST = 500
"""So many of the newest decisions tell enough, and cost the same in every office."""


async def usual_days(session: Session, organization_id: UUID, tier: str, calendar: Calendar) -> Usual | None:
    """The working days that the office usually takes at this tier, by what it decided in the last twelve months.

    A session asks once of an office: of two hundred decisions in one batch, all go to the same next tier.
    """
    known: dict[tuple[UUID, str], Usual | None] = session.info.setdefault("usual_days", {})
    if (organization_id, tier) not in known:
        known[organization_id, tier] = await _measured(session, organization_id, tier, calendar)
    return known[organization_id, tier]


async def _measured(session: Session, organization_id: UUID, tier: str, calendar: Calendar) -> Usual | None:
    """What the office's own history says."""
    decided = (
        select(col(Entry.arrived_at), col(Entry.at))
        .where(
            col(Entry.organization_id) == organization_id,
            col(Entry.kind) == "decided",
            col(Entry.at) > calendar.now - REMEMBERED,
            col(Entry.tier) == tier,
            ~col(Entry.reopens),
        )
        .order_by(col(Entry.at).desc())
        .limit(NEWEST)
    )
    rows = await session.execute(decided)
    return usual(calendar.days_between(arrived_at, at) for arrived_at, at in rows if arrived_at is not None)
