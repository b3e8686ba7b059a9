"""Figures: counted per tier and organization, the own one for reviewers, all for administrators."""

from dataclasses import replace
from datetime import date

import pytest

from services.review import actions, queries
from shared.contracts.identity import Caller
from shared.contracts.refusals import Forbidden
from shared.kit.database import Database
from shared.kit.ids import new_id
from tests.services.review.conftest import set_clock
from tests.services.review.profile_double import Profile
from tests.services.review.stories import BUREAU, DEZHOU, EMPLOYER, HEBEI, Story, approved, decide, reviewer, said

ADMIN = Caller(actor="gateway", account_id=new_id(), roles=frozenset({"administrator"}))
DAY = 86_400


async def a_week(review: Database, profile: Profile) -> None:
    """Four filings on Monday: one decided after an hour, one a day, one returned after two days, one waiting."""
    stories = [Story(serial=at) for at in range(4)]
    for story in stories:
        await review.act(actions.open_case, story.filed())
    await decide(review, stories[0], EMPLOYER, said("approve"))
    await set_clock(review, days=1)
    await decide(review, stories[1], EMPLOYER, said("approve"))
    await set_clock(review, days=2)
    await decide(review, stories[2], EMPLOYER, said("return"))


async def figures(
    review: Database, caller: Caller, programme: str | None = None, *days: date
) -> list[tuple[object, ...]]:
    """Tier, waiting, decided, returned and the median in days."""
    since, until = days or (None, None)
    found = await review.read(queries.statistics, caller, programme, since, until)
    return [
        (one.tier, one.waiting, one.decided, one.returned, round((one.median_seconds or 0) / DAY))
        for one in found.items
    ]


async def test_administrators_see_every_tier_and_reviewers_their_own(review: Database, profile: Profile) -> None:
    await a_week(review, profile)

    own = ("employer", 1, 3, 1, 1)
    assert await figures(review, ADMIN) == [("county_hr_bureau", 2, 0, 0, 0), own]
    assert await figures(review, reviewer(EMPLOYER)) == [own]
    assert await figures(review, reviewer(BUREAU)) == [("county_hr_bureau", 2, 0, 0, 0)]


async def test_days_and_programme_bound_what_is_counted(review: Database, profile: Profile) -> None:
    await a_week(review, profile)
    tuesday = date(2026, 11, 17)

    assert await figures(review, reviewer(EMPLOYER), DEZHOU, tuesday, tuesday) == [("employer", 1, 1, 0, 1)]
    assert await figures(review, reviewer(EMPLOYER), HEBEI) == []


async def test_applicants_see_no_figures(review: Database) -> None:
    with pytest.raises(Forbidden):
        await figures(review, replace(ADMIN, roles=frozenset({"applicant"})))


async def test_later_tiers_are_counted_by_their_own_time(review: Database, profile: Profile) -> None:
    story = Story()
    await approved(review, story, until="employer")
    await set_clock(review, days=3)
    await decide(review, story, BUREAU, said("approve"))

    assert await figures(review, reviewer(BUREAU)) == [("county_hr_bureau", 0, 1, 0, 3)]
