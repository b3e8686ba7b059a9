"""The one place where time is read (law 13): the database's clock, plus an offset that a test installation may set."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, func, select, text
from sqlalchemy.sql.functions import Function

if TYPE_CHECKING:
    from holidays import HolidayBase

    from shared.kit.database import Session

CHINA = ZoneInfo("Asia/Shanghai")
WEEKEND = (5, 6)
"""Saturday and Sunday."""


def now_sql() -> Function[datetime]:
    """The present instant as SQL: `juxian_now()`."""
    return func.juxian_now(type_=DateTime(timezone=True))


async def now(session: "Session") -> datetime:
    """The present instant by the database's clock, in UTC."""
    instant: datetime = (await session.execute(select(now_sql()))).scalar_one()
    return instant.astimezone(UTC)


async def today(session: "Session") -> date:
    """The present date in China."""
    return (await now(session)).astimezone(CHINA).date()


def wall() -> datetime:
    """The machine's clock: for signed tokens and logs alone, never for anything that is kept."""
    return datetime.now(UTC)


async def advance(session: "Session", seconds: float) -> None:
    """Move the platform's clock forward in this database. For adjustable clocks only; the door checks that."""
    await session.execute(
        text("UPDATE clock SET ahead = ahead + make_interval(secs => :seconds)"), {"seconds": seconds}
    )


@cache
def _calendar() -> "HolidayBase":
    """The State Council's calendar, with its working weekends."""
    import holidays  # noqa: PLC0415 - a third of a second that few processes need

    return holidays.country_holidays("CN")


@lru_cache(maxsize=8192)
def _is_worked(day: date) -> bool:
    """Whether people work on that day by the State Council's calendar."""
    return bool(_calendar().is_working_day(day))


def special_days(year: int, language: str) -> dict[date, str]:
    """The days of a year off which would be worked by the week alone, and weekends worked for them, by name.

    A weekend that is worked has no name.
    """
    import holidays  # noqa: PLC0415 - as above

    named = holidays.country_holidays("CN", years=year, language="zh_CN" if language == "zh" else "en_US")
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1))
    return {day: str(named.get(day) or "") for day in days if _is_worked(day) == (day.weekday() in WEEKEND)}


def is_working_day(day: date, overrides: Mapping[date, bool] | None = None) -> bool:
    """Whether people work on that day: what administrators laid down first, then the State Council's calendar."""
    if overrides and day in overrides:
        return overrides[day]
    return _is_worked(day)


def working_day_after(start: date, days: int, overrides: Mapping[date, bool] | None = None) -> date:
    """The date that lies `days` working days after `start`."""
    day = start
    for _ in range(days):
        day += timedelta(days=1)
        while not is_working_day(day, overrides):
            day += timedelta(days=1)
    return day


def working_days_between(start: date, end: date, overrides: Mapping[date, bool] | None = None) -> int:
    """How many working days lie after `start` up to and with `end`; 0 where end is not after start."""
    span = (end - start).days
    return sum(is_working_day(start + timedelta(days=n), overrides) for n in range(1, span + 1))
