"""The working calendar of a year: the State Council's special days, and what administrators declared over them."""

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from services.review.models import CalendarDay
from services.review.queries.authority import demand_administrator
from services.review.schemas import Holiday, Holidays
from shared.contracts.identity import Caller
from shared.contracts.texts import _
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.texts import translate

WORKED = _("调休上班")


async def holidays_of(session: Session, caller: Caller, year: int, language: str) -> Holidays:
    """Every day of the year that is not what its weekday says, and every day that was declared."""
    demand_administrator(caller)
    special = clock.special_days(year, language)
    days = {
        day: Holiday(day=day, working=not name, name=name or translate(WORKED, language), source="calendar")
        for day, name in special.items()
    }
    declared = select(CalendarDay).where(col(CalendarDay.day).between(date(year, 1, 1), date(year, 12, 31)))
    for row in (await session.execute(declared)).scalars():
        days[row.day] = Holiday(day=row.day, working=row.is_worked, name=row.name, source="override")
    return Holidays(year=year, items=[days[day] for day in sorted(days)])
