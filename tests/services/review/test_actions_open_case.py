"""What profile tells of a submission: one case for good, and any order of hearing ends the same."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from services.review import actions, queries
from services.review.rules import OutOfStep
from shared.contracts.events import ChangeApplied, Event, SubmissionFiled, SubmissionWithdrawn, TierReached
from shared.kit.database import Database
from tests.conftest import events_told
from tests.services.review.profile_double import Profile
from tests.services.review.reading import history, rows, standing
from tests.services.review.stories import (
    EMPLOYER,
    MORNING,
    NAMES,
    Story,
    approved,
    decide,
    organization,
    said,
    steps,
)  # fmt: skip

OTHER = "陵城精密制造有限公司"


async def hear(database: Database, *events: Event) -> None:
    """Let review hear these, one after another."""
    for event in events:
        if isinstance(event, SubmissionFiled):
            await database.act(actions.open_case, event)
        elif isinstance(event, SubmissionWithdrawn):
            await database.act(actions.close_withdrawn, event)


async def test_a_filing_waits_at_the_first_tier(review: Database) -> None:
    story = Story()
    await hear(review, story.filed())

    assert await standing(review, story) == ("in_review", 1, 1, "employer")
    (told,) = await events_told(review)
    assert isinstance(told, TierReached)
    assert (told.organization_name, told.due_on.isoformat(), told.again) == (NAMES[0], "2026-11-23", False)


async def test_filing_again_before_the_first_decision_replaces_the_version(review: Database) -> None:
    story = Story()
    await hear(review, story.filed(), story.filed())

    assert await standing(review, story) == ("in_review", 1, 2, "employer")
    assert [event.again for event in await events_told(review) if isinstance(event, TierReached)] == [False, True]


async def test_filing_again_may_change_the_employer(review: Database) -> None:
    story = Story()
    await hear(review, story.filed())
    first = story.route[0].model_copy(update={"organization_id": organization(OTHER), "organization_name": OTHER})
    story.route, story.employer_id, story.employer_name = (first, *steps()[1:]), organization(OTHER), OTHER
    await hear(review, story.filed())

    waiting = await rows(review, "SELECT organization_id FROM turn WHERE waiting")
    assert [row[0] for row in waiting] == [organization(OTHER)]


async def test_a_withdrawal_closes_the_case_and_filing_later_is_a_new_round(review: Database) -> None:
    story = Story()
    await hear(review, story.filed(), story.withdrawn())
    assert await standing(review, story) == ("withdrawn", 1, 1, "employer")

    await hear(review, story.filed())
    assert await standing(review, story) == ("in_review", 2, 2, "employer")
    assert await history(review, story) == [
        ("filed", 1, 1, None), ("withdrawn", 1, 1, None), ("filed", 2, 2, None)
    ]  # fmt: skip


async def test_what_is_heard_twice_changes_nothing(review: Database, profile: Profile) -> None:
    story = Story()
    filed = story.filed()
    await hear(review, filed)
    await decide(review, story, EMPLOYER, said("approve"))
    before = (await standing(review, story), await events_told(review), await history(review, story))

    await hear(review, filed)

    assert (await standing(review, story), await events_told(review), await history(review, story)) == before


async def test_what_contradicts_a_decision_is_heard_again_later(review: Database, profile: Profile) -> None:
    story = Story()
    await hear(review, story.filed())
    await decide(review, story, EMPLOYER, said("approve"))

    with pytest.raises(OutOfStep):
        await hear(review, story.withdrawn())


def life(story: Story) -> list[Event]:
    """A life without decisions: filed, filed for another employer, withdrawn, filed twice again."""
    events: list[Event] = [story.filed()]
    first = story.route[0].model_copy(update={"organization_id": organization(OTHER), "organization_name": OTHER})
    story.route, story.employer_id, story.employer_name = (first, *steps()[1:]), organization(OTHER), OTHER
    events += [story.filed(), story.withdrawn(), story.filed()]
    story.route, story.employer_id, story.employer_name = steps(), EMPLOYER, NAMES[0]
    return [*events, story.filed()]


async def picture(database: Database, story: Story) -> list[Any]:
    """All that is kept of a case, but ids of its own and the numbers of what was told."""
    case = "number state round version position route tier organization_id filed_at content_hash waiting_since"
    turn = "organization_id tier round version waiting arrived_at due_on programme employer_id filed_at pinyin terms"
    return [
        await rows(database, f"SELECT {case.replace(' ', ',')} FROM review_case WHERE id = :id", id=story.case_id),
        await rows(
            database, f"SELECT {turn.replace(' ', ',')} FROM turn WHERE case_id = :id ORDER BY 1", id=story.case_id
        ),
        sorted(map(str, await history(database, story))),
    ]


@pytest.fixture
async def straight(review: Database) -> list[Any]:
    """What is kept when all is heard in order."""
    story = Story()
    await hear(review, *life(story))
    return await picture(review, story)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(5)), again=st.lists(st.integers(0, 4), max_size=2))
async def test_any_order_of_hearing_ends_the_same(
    review: Database, straight: list[Any], order: list[int], again: list[int]
) -> None:
    shuffled = Story()
    events = life(shuffled)
    await hear(review, *(events[at] for at in (*order, *again)))

    assert await picture(review, shuffled) == straight
    assert (await review.read(queries.tampering_in, None, 1, shuffled.case_id))[:2] == ([], 1)


async def test_an_applied_change_raises_the_version_of_an_approved_case(review: Database, profile: Profile) -> None:
    story = Story(route=steps("employer", "city_talent_office"))
    await approved(review, story)
    story.version = 2
    applied = ChangeApplied(
        **story._common(), change_request_id=story.case_id, content_hash="2" * 64, applied_at=MORNING
    )

    for _ in range(2):
        await review.act(actions.raise_version, applied)

    assert await standing(review, story) == ("approved", 1, 2, "city_talent_office")
    assert {row[0] for row in await rows(review, "SELECT version FROM turn")} == {2}
    assert (await history(review, story))[-1] == ("change_applied", 1, 2, None)
