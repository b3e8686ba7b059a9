"""The clock of the tiers: told once to reviewers, once to administrators, and standing still while returned."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.review import actions
from services.review.queries import Calendar
from shared.contracts.events import Overdue
from shared.kit.database import Database
from tests.conftest import events_told
from tests.services.review.conftest import set_clock
from tests.services.review.profile_double import Profile
from tests.services.review.reading import rows
from tests.services.review.stories import BUREAU, EMPLOYER, Story, decide, said


async def told_on(review: Database, *days: int) -> list[tuple[Any, ...]]:
    """What has been told when the clock was looked at on these days after the filing."""
    for day in days:
        await set_clock(review, days=day)
        await actions.tell_overdue(review)
        await actions.tell_overdue(review)
    told = [event for event in await events_told(review) if isinstance(event, Overdue)]
    return [(event.tier, event.escalated, event.due_on.isoformat()) for event in told]


async def test_a_turn_is_told_once_and_escalated_once(review: Database) -> None:
    """Filed on Monday the 16th: five working days end on Monday the 23rd; three more on Thursday the 26th."""
    await review.act(actions.open_case, Story().filed())

    assert await told_on(review, 1, 7) == []
    assert await told_on(review, 8, 9, 10) == [("employer", False, "2026-11-23")]
    assert await told_on(review, 11, 12, 30) == [("employer", False, "2026-11-23"), ("employer", True, "2026-11-23")]


async def test_the_clock_stands_still_while_the_applicant_corrects(review: Database, profile: Profile) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    await decide(review, story, EMPLOYER, said("return"))

    assert await told_on(review, 30) == []


async def test_the_next_tier_has_a_clock_of_its_own(review: Database, profile: Profile) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    await told_on(review, 8)
    await decide(review, story, EMPLOYER, said("approve"))

    assert await told_on(review, 9, 15) == [("employer", False, "2026-11-23")]
    assert (await told_on(review, 16))[1:] == [("county_hr_bureau", False, "2026-12-01")]
    told = [event.sequence for event in await events_told(review)]  # type: ignore[attr-defined]  # all are of a case
    assert told == [1, 2, 3, 4, 5]
    await decide(review, story, BUREAU, said("approve"))


async def test_days_that_administrators_lay_down_count(review: Database) -> None:
    async with review.transaction() as session:
        from sqlalchemy import text

        await session.execute(text("INSERT INTO calendar_day (day, is_worked) VALUES ('2026-11-18', false)"))
    await review.act(actions.open_case, Story().filed())

    assert await rows(review, "SELECT due_on FROM turn") == [(date(2026, 11, 24),)]


@pytest.mark.parametrize(
    ("today", "grace", "last"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 22)),
        (date(2026, 11, 22), 0, date(2026, 11, 19)),
        (date(2026, 11, 24), 0, date(2026, 11, 23)),
        (date(2026, 11, 27), 3, date(2026, 11, 23)),
        (date(2026, 11, 26), 3, date(2026, 11, 22)),
    ],
)
def test_late_is_what_a_working_day_has_begun_since(today: date, grace: int, last: date) -> None:
    noon = datetime(today.year, today.month, today.day, 4, tzinfo=UTC)

    assert Calendar(noon, {}).latest_due(grace) == last
