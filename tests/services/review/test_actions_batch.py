"""Many decisions at once: an answer each, and one that fails leaves the others."""

import asyncio

from services.review import actions
from services.review.schemas import DecideOne, DecisionMade
from shared.contracts.refusals import Refusal
from shared.kit.database import Database
from shared.kit.ids import new_id
from tests.services.review.profile_double import Profile
from tests.services.review.reading import standing
from tests.services.review.stories import BUREAU, EMPLOYER, Story, approved, content, reviewer, said


def one(story: Story, decision: str = "approve", **more: object) -> DecideOne:
    """A decision of a batch."""
    body = said(decision, **more).model_dump(exclude_none=True)  # type: ignore[arg-type]  # both verbs
    return DecideOne.model_validate({"case_id": story.case_id, **body})


def codes(outcomes: list[DecisionMade | Refusal]) -> list[str]:
    """What became of each: the state after a decision, or the code of the refusal."""
    return [outcome.code if isinstance(outcome, Refusal) else outcome.state for outcome in outcomes]


async def filed(review: Database, count: int) -> list[Story]:
    """So many stories that wait at the employer."""
    stories = [Story(serial=at) for at in range(count)]
    for story in stories:
        await review.act(actions.open_case, story.filed())
    return stories


async def test_each_decision_is_answered_in_the_order_given(review: Database, profile: Profile) -> None:
    first, second, third, superseded = await filed(review, 4)
    profile.newest[superseded.submission_id] = 2
    profile.keep(third.submission_id, 1, content(third))
    lost = {"remarks": [{"comment": "请核对", "section": "horoscope"}]}
    batch = [
        one(second), one(first, version=2), one(superseded), one(first, "return", comment=""), one(first, "return"),
        one(first), one(Story()), one(third, "return", **lost), one(third, category="A"),
    ]  # fmt: skip

    outcomes = await review.act(actions.decide_many, reviewer(EMPLOYER), batch)

    assert codes(outcomes) == [
        "in_review", "version_superseded", "version_superseded", "comment_missing", "returned",
        "already_decided", "not_found", "remark_misplaced", "category_not_here",
    ]  # fmt: skip
    assert await standing(review, superseded) == ("in_review", 1, 1, "employer")
    assert await standing(review, third) == ("in_review", 1, 1, "employer")


async def test_profile_seals_a_batch_in_one_call(review: Database, profile: Profile) -> None:
    stories = await filed(review, 20)

    outcomes = await review.act(actions.decide_many, reviewer(EMPLOYER), [one(story) for story in stories])

    assert codes(outcomes) == ["in_review"] * 20
    assert [sorted(batch) for batch in profile.sealed] == [sorted((story.submission_id, 1) for story in stories)]


async def test_without_profile_later_tiers_go_on(review: Database, profile: Profile) -> None:
    (first,), later = await filed(review, 1), Story()
    await approved(review, later, until="employer")
    profile.is_away = True

    assert codes(await review.act(actions.decide_many, reviewer(EMPLOYER), [one(first)])) == ["temporarily_unavailable"]
    assert codes(await review.act(actions.decide_many, reviewer(BUREAU), [one(first), one(later)])) == [
        "not_found", "in_review"
    ]  # fmt: skip


async def test_batches_over_the_same_cases_do_not_block_each_other(review: Database, profile: Profile) -> None:
    stories = await filed(review, 12)
    batch = [one(story) for story in stories]

    answers = await asyncio.gather(
        *(
            review.act(actions.decide_many, reviewer(EMPLOYER, new_id()), order)
            for order in (batch, batch[::-1], batch[6:] + batch[:6])
        )
    )

    assert sorted(code for outcomes in answers for code in codes(outcomes)) == (
        ["already_decided"] * 24 + ["in_review"] * 12
    )
