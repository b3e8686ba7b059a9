"""The marks of a worklist's lines, and the filters by them: overdue, filed again, from abroad, all checks passed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.review import actions, queries
from services.review.queries import Filters
from services.review.schemas import CaseItem
from shared.contracts.events import OrganizationChanged, SubmissionFiled
from shared.kit.database import Database
from shared.kit.web.paging import Page, _decode
from tests.services.review.conftest import set_clock
from tests.services.review.profile_double import Profile
from tests.services.review.stories import (
    BUREAU,
    EMPLOYER,
    MORNING,
    Story,
    approved,
    decide,
    organization,
    reviewer,
    said,
)

LATER = organization("德州高新技术有限公司")


def filed(story: Story, minutes: int = 0, **more: Any) -> SubmissionFiled:  # noqa: ANN401 - any member of the event
    """The story's next version, with what else is told of it."""
    return story.filed(at=MORNING + timedelta(minutes=minutes)).model_copy(update=more)


async def marked(review: Database) -> list[Story]:
    """Four that wait at the employer: plain, filed again, from abroad, with two checks to look at."""
    stories = [Story(name=name, serial=at) for at, name in enumerate(("平平", "重报", "外籍", "留意"))]
    marks: tuple[dict[str, Any], ...] = ({}, {}, {"foreign": True}, {"attention": 2})
    for at, (story, more) in enumerate(zip(stories, marks, strict=True)):
        await review.act(actions.open_case, filed(story, at, **more))
    await review.act(actions.open_case, filed(stories[1], 30))
    return stories


async def items(review: Database, who: UUID = EMPLOYER, **filters: Any) -> list[CaseItem]:  # noqa: ANN401 - filters
    """The lines of the organization's list."""
    return (await review.read(queries.worklist, reviewer(who), Filters(**filters), Page())).items


async def names(review: Database, who: UUID = EMPLOYER, **filters: Any) -> list[str]:  # noqa: ANN401 - filters
    """The applicants on the organization's list."""
    return [str(item.applicant.name) for item in await items(review, who, **filters)]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"refiled": True}, ["重报"]), ({"refiled": False}, ["平平", "外籍", "留意"]),
        ({"foreign": True}, ["外籍"]), ({"foreign": False, "refiled": False}, ["平平", "留意"]),
        ({"all_passed": False}, ["留意"]), ({"all_passed": True}, ["平平", "外籍", "重报"]),
        ({"sort": "attention"}, ["留意", "平平", "重报", "外籍"]), ({"overdue": True}, []),
        ({"sort": "-waiting"}, ["重报", "留意", "外籍", "平平"]), ({"sort": "filed", "foreign": True}, ["外籍"]),
    ],
    ids=str,
)  # fmt: skip
async def test_a_list_is_narrowed_by_its_marks(review: Database, filters: dict[str, Any], found: list[str]) -> None:
    await marked(review)

    assert await names(review, **filters) == found


async def test_a_line_carries_its_marks(review: Database) -> None:
    await marked(review)
    shown = {str(item.applicant.name): item for item in await items(review)}

    marks = {name: (item.refiled, item.foreign, item.all_passed) for name, item in shown.items()}
    assert marks == {
        "平平": (False, False, True),
        "重报": (True, False, True),
        "外籍": (False, True, True),
        "留意": (False, False, False),
    }


@pytest.mark.parametrize(
    ("days", "waited", "is_overdue"), [(0, 0, False), (4, 4, False), (6, 4, False), (7, 5, False), (8, 6, True)]
)
async def test_waiting_is_counted_in_working_days(review: Database, days: int, waited: int, is_overdue: bool) -> None:
    """Filed on a Monday with five working days: the next Monday is the last, and only Tuesday is too late."""
    await review.act(actions.open_case, Story().filed())
    await set_clock(review, days=days)

    (item,) = await items(review)
    assert (item.waiting_days, item.overdue, str(item.due_on)) == (waited, is_overdue, "2026-11-23")
    assert len(await items(review, overdue=True)) == int(is_overdue)
    assert len(await items(review, overdue=False)) == int(not is_overdue)


async def test_what_waits_elsewhere_has_no_clock_here(review: Database, profile: Profile) -> None:
    await approved(review, Story(), until="employer")
    await set_clock(review, days=30)

    (here,), (there,) = await items(review, state="all"), await items(review, BUREAU)
    assert (here.waiting_days, here.due_on, here.overdue) == (None, None, False)
    assert (there.waiting_days, there.overdue) == (22, True)
    assert await items(review, state="all", overdue=True) == []


@pytest.mark.parametrize("query", ["高新", "gaoxin", "gxjs", "德州高新 陈", "dezhougaoxin"])
async def test_cases_are_found_by_their_employer(review: Database, query: str) -> None:
    told = OrganizationChanged(
        organization_id=LATER, version=1, name="德州高新技术有限公司", pinyin="dezhougaoxin", kind="employer",
        region="371402", municipal=False, programmes=(),
    )  # fmt: skip
    await review.act(actions.know_organization, told)
    await review.act(actions.open_case, Story(name="陈静", pinyin="chen jing", employer_id=LATER).filed())
    await review.act(actions.open_case, Story(serial=2).filed())

    assert await names(review, query=query) == ["陈静"]
    assert await names(review, query="高新 张") == []


@pytest.mark.parametrize("filters", [{"sort": "attention"}, {"overdue": False}, {"all_passed": True}], ids=str)
async def test_pages_of_marked_lists_follow_one_another(review: Database, filters: dict[str, Any]) -> None:
    for at in range(7):
        await review.act(actions.open_case, filed(Story(serial=at), at, attention=at % 3 if "sort" in filters else 0))
    seen, page = list[UUID](), Page(limit=3)
    for _ in range(3):
        listed = await review.read(queries.worklist, reviewer(EMPLOYER), Filters(**filters), page)
        seen += [item.case_id for item in listed.items]
        page = Page(limit=3, after=_decode(listed.next_cursor)) if listed.next_cursor else page

    assert len(seen) == len(set(seen)) == 7


async def test_what_was_decided_just_now_still_has_neighbours(review: Database, profile: Profile) -> None:
    stories = [Story(serial=at) for at in range(3)]
    for at, story in enumerate(stories):
        await review.act(actions.open_case, filed(story, at))
    await decide(review, stories[1], EMPLOYER, said("approve"))

    found = await review.read(queries.neighbours, reviewer(EMPLOYER), stories[1].case_id, Filters())

    assert (found.position, found.total) == (None, 2)
    assert (found.previous, found.next) == (stories[0].case_id, stories[2].case_id)
