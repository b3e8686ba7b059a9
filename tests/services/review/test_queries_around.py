"""The stretch of a list around a case: its page, what stands beyond it, and lists too long to be counted."""

from datetime import timedelta
from uuid import UUID

import pytest

from services.review import actions, queries
from services.review.queries import Filters, around
from services.review.schemas import Neighbours
from shared.kit.database import Database
from tests.services.review.profile_double import Profile
from tests.services.review.stories import EMPLOYER, MORNING, Story, decide, reviewer, said


async def seven(review: Database) -> list[UUID]:
    """Seven cases that wait at the employer, one a minute."""
    stories = [Story(serial=at) for at in range(7)]
    for at, story in enumerate(stories):
        await review.act(actions.open_case, story.filed(at=MORNING + timedelta(minutes=at)))
    return [story.case_id for story in stories]


async def seen(review: Database, case_id: UUID, filters: Filters | None = None, lines: int = 3) -> Neighbours:
    """The case with three lines of its list."""
    return await review.read(queries.neighbours, reviewer(EMPLOYER), case_id, filters or Filters(), lines)


def where(ids: list[UUID], found: Neighbours) -> tuple[list[int], int | None, int | None]:
    """Which of the cases stand there, before and after, by number."""
    beyond = [ids.index(one) if one else None for one in (found.before, found.after)]
    return [ids.index(item.case_id) for item in found.items], beyond[0], beyond[1]


@pytest.mark.parametrize(
    ("at", "lines", "before", "after"),
    [(0, [0, 1, 2], None, 3), (2, [0, 1, 2], None, 3), (3, [3, 4, 5], 2, 6), (6, [6], 5, None)],
)
async def test_the_lines_around_a_case_are_those_of_its_page(
    review: Database, at: int, lines: list[int], before: int | None, after: int | None
) -> None:
    ids = await seven(review)

    assert where(ids, await seen(review, ids[at])) == (lines, before, after)


async def test_they_follow_the_order_of_the_list(review: Database) -> None:
    ids = await seven(review)

    assert where(ids, await seen(review, ids[2], Filters(sort="-waiting"))) == ([3, 2, 1], 4, 0)


async def test_a_list_too_long_to_be_counted_is_shown_around_the_case(
    review: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await seven(review)
    monkeypatch.setattr(around, "MOST", 2)

    assert where(ids, await seen(review, ids[5])) == ([4, 5, 6], 3, None)


async def test_the_lines_go_on_where_a_case_was_decided_just_now(review: Database, profile: Profile) -> None:
    stories = [Story(serial=at) for at in range(4)]
    for at, story in enumerate(stories):
        await review.act(actions.open_case, story.filed(at=MORNING + timedelta(minutes=at)))
    await decide(review, stories[1], EMPLOYER, said("approve"))

    found = await seen(review, stories[1].case_id)
    assert where([story.case_id for story in stories], found) == ([0, 2, 3], None, None)
