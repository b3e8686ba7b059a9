"""Tallies: the figures of all time are those of the histories, before and after what is alike was folded."""

from datetime import date

import pytest

from services.review import actions, queries
from services.review.queries import Wanted
from services.review.schemas import By
from shared.kit.database import Database
from tests.services.review.conftest import set_clock
from tests.services.review.profile_double import Profile
from tests.services.review.reading import rows
from tests.services.review.stories import EMPLOYER, Story, decide, said
from tests.services.review.test_queries_statistics import ADMIN, two_counties

LONG_AGO, LATER = date(2020, 1, 1), date(2030, 1, 1)


async def figures(review: Database, by: By | None, *days: date) -> object:
    """Everything that is counted, but for what is rounded beyond the day's hundredth."""
    found = await review.read(queries.statistics, ADMIN, Wanted(None, *days), by)
    told = found.model_dump()
    for group in (*told["items"], *told["groups"]):
        for name in ("median_seconds", "p90_seconds"):
            group.pop(name, None)
    return told


@pytest.mark.parametrize("by", [None, "tier", "organization", "county", "category", "month"])
async def test_tallies_say_what_histories_say(review: Database, profile: Profile, by: By | None) -> None:
    await two_counties(review, profile)
    for at in range(4):
        story = Story(serial=10 + at)
        await review.act(actions.open_case, story.filed())
        await set_clock(review, days=at)
        await decide(review, story, EMPLOYER, said("return" if at % 2 else "approve"))

    fresh = await figures(review, by)
    await actions.fold_tallies(review)
    await actions.fold_tallies(review)

    assert fresh == await figures(review, by) == await figures(review, by, LONG_AGO, LATER)


async def test_what_is_alike_becomes_one_row_again_and_again(review: Database, profile: Profile) -> None:
    for some in (2, 3):
        for at in range(some):
            story = Story(serial=10 * some + at)
            await review.act(actions.open_case, story.filed())
            await decide(review, story, EMPLOYER, said("approve"))
        await actions.fold_tallies(review)

    assert await rows(review, "SELECT count, folded FROM tally") == [(5, True)] * 2
