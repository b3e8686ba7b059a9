"""The days that administrators laid down over the State Council's calendar."""

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from services.review.models import CalendarDay
from shared.kit.database import Session


async def calendar_overrides(session: Session) -> dict[date, bool]:
    """Day → whether it is worked, for the days that are laid down."""
    rows = await session.execute(select(col(CalendarDay.day), col(CalendarDay.is_worked)))
    return {row.day: row.is_worked for row in rows}
