"""Time is read in one place, moves where it may be moved, and knows on which days people work."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from shared.kit import clock
from shared.kit.clock import is_working_day, working_day_after, working_days_between
from shared.kit.database import Database

OFF = {date(2026, 3, 2): False}
ON = {date(2026, 2, 18): True}


async def test_the_clock_moves_forward_for_sql_and_for_people(kit_database: Database) -> None:
    await kit_database.act(clock.advance, 86_400)
    once = await kit_database.read(clock.now)
    await kit_database.act(clock.advance, 86_400.5)
    twice = await kit_database.read(clock.now)

    assert once.tzinfo is UTC
    assert timedelta(days=1) < twice - once < timedelta(days=1, minutes=10)


async def test_one_transaction_sees_one_moment(kit_database: Database) -> None:
    async with kit_database.transaction() as session:
        first = await clock.now(session)
        second = (await session.execute(select(clock.now_sql()))).scalar_one()

    assert first == second


async def test_a_day_begins_at_midnight_in_china(kit_database: Database) -> None:
    async with kit_database.transaction() as session:
        now = await clock.now(session)
        to_midnight = datetime(now.year, now.month, now.day, 16, tzinfo=UTC) - now
        await clock.advance(session, to_midnight.total_seconds() - 1)
        before = await clock.today(session)
        await clock.advance(session, 1)
        after = await clock.today(session)

    assert (after - before, before) == (timedelta(days=1), now.date())


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 1), False),  # New Year
        (date(2026, 1, 4), True),  # a Sunday that makes up for it
        (date(2026, 2, 14), True),  # a Saturday before the Spring Festival
        (date(2026, 2, 18), False),  # in the Spring Festival
        (date(2026, 2, 28), True),  # a Saturday after it
        (date(2026, 3, 2), True),  # a plain Monday
        (date(2026, 3, 7), False),  # a plain Saturday
        (date(2026, 5, 9), True),  # a Saturday that makes up for Labour Day
        (date(2026, 9, 20), True),  # a Sunday before National Day
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),  # a Saturday after it
    ],
)
def test_people_work_as_the_state_council_says(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_what_administrators_laid_down_comes_first() -> None:
    assert [is_working_day(day, OFF | ON) for day in (date(2026, 3, 2), date(2026, 2, 18), date(2026, 3, 3))] == [
        False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
        (date(2026, 3, 2), 4, date(2026, 3, 6)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # over the Spring Festival and its made-up Saturday
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
    ],
)
def test_so_many_working_days_later(start: date, days: int, end: date) -> None:
    assert working_day_after(start, days) == end
    assert working_days_between(start, end) == days


def test_a_day_off_that_was_laid_down_moves_a_term() -> None:
    assert working_day_after(date(2026, 2, 28), 1, OFF) == date(2026, 3, 3)
    assert working_days_between(date(2026, 2, 28), date(2026, 3, 3), OFF) == 1


def test_no_working_day_lies_before_its_beginning() -> None:
    assert working_days_between(date(2026, 3, 6), date(2026, 3, 2)) == 0
