"""The working calendar: the present moment, and the days laid down over the State Council's calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import text

from shared.kit import clock
from shared.kit.database import Session

TODAY = text(
    "SELECT juxian_now(), (SELECT coalesce(jsonb_object_agg(day, is_worked), '{}') FROM calendar_day)"
)  # one statement: lists ask it each time

KNOWN = "calendar"
"""Where a session remembers it."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What day it is in China, and which days are worked."""

    now: datetime
    overrides: Mapping[date, bool]

    @property
    def today(self) -> date:
        """The present date in China."""
        return self.now.astimezone(clock.CHINA).date()

    def days_between(self, start: datetime, end: datetime) -> int:
        """How many working days lie after the day of `start`, up to and with that of `end`."""
        first, last = (at.astimezone(clock.CHINA).date() for at in (start, end))
        return clock.working_days_between(first, last, self.overrides)

    def days_since(self, start: datetime) -> int:
        """How many working days something has waited until today."""
        return self.days_between(start, self.now)

    def last_day(self, since: datetime, working_days: int) -> date:
        """The date by which so many working days have passed."""
        return clock.working_day_after(since.astimezone(clock.CHINA).date(), working_days, self.overrides)

    def latest_due(self, grace: int = 0) -> date:
        """The latest last day that is late today: more than `grace` working days have begun since."""
        day, worked = self.today, 0
        while worked <= grace:
            worked += clock.is_working_day(day, self.overrides)
            day -= timedelta(days=1)
        return day


async def calendar_of(session: Session, *, anew: bool = False) -> Calendar:
    """The calendar as it stood when the session first asked; `anew` asks again, after a day was declared."""
    known: Calendar | None = session.info.get(KNOWN)
    if known is not None and not anew:
        return known
    row = (await session.execute(TODAY)).one()
    calendar = Calendar(row[0], {date.fromisoformat(day): is_worked for day, is_worked in row[1].items()})
    session.info[KNOWN] = calendar
    return calendar
