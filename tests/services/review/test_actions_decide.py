"""Decisions: tier by tier to the end, back to the applicant, and everything that is refused."""

import asyncio
from uuid import UUID

import pytest

from services.review import actions
from shared.contracts.events import Approved, Returned, TierDecided, TierReached
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Invalid, Missing, Refusal, Unavailable
from shared.kit.database import Database
from shared.kit.ids import new_id
from tests.conftest import events_told
from tests.services.review.profile_double import Profile
from tests.services.review.stories import (
    BUREAU,
    CITY,
    ELSEWHERE,
    EMPLOYER,
    HEBEI,
    MORNING,
    OFFICE,
    Story,
    approved,
    decide,
    reviewer,
    said,
    steps,
)  # fmt: skip


async def test_five_tiers_lead_to_a_member_with_category_number_and_date(review: Database, profile: Profile) -> None:
    story = Story()
    await approved(review, story)

    told = await events_told(review)
    assert [type(event) for event in told] == [TierReached, *[TierDecided, TierReached] * 4, Approved]
    assert [event.sequence for event in told] == list(range(1, 11))  # type: ignore[attr-defined]  # all are of a case
    last = told[-1]
    assert isinstance(last, Approved)
    assert (last.category, last.number, last.approved_on.isoformat()) == ("C", "DZ2026000001", "2026-11-16")
    assert profile.sealed == [[(story.submission_id, 1)]]


async def test_numbers_are_given_one_after_another(review: Database, profile: Profile) -> None:
    for _ in range(3):
        await approved(review, Story(route=steps("employer", "city_talent_office")))

    numbers = [event.number for event in await events_told(review) if isinstance(event, Approved)]
    assert numbers == ["DZ2026000001", "DZ2026000002", "DZ2026000003"]


async def test_a_programme_without_numbers_gives_none(review: Database, profile: Profile) -> None:
    await approved(review, Story(programme=HEBEI, route=steps("employer")))

    told = (await events_told(review))[-1]
    assert isinstance(told, Approved)
    assert (told.category, told.number) == (None, None)


async def test_the_answer_names_the_next_tier(review: Database, profile: Profile) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())

    made = await decide(review, story, EMPLOYER, said("approve"))

    assert (made.case_id, made.version, made.tier) == (story.case_id, 1, "employer")
    assert (made.state, made.next_tier, made.decided_at.date()) == ("in_review", "county_hr_bureau", MORNING.date())


@pytest.mark.parametrize("tier", ["employer", "county_hr_bureau", "city_talent_office"])
async def test_any_tier_returns_and_the_next_filing_starts_at_the_employer(
    review: Database, profile: Profile, tier: str
) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    for step in story.route:
        if step.tier == tier:
            break
        await decide(review, story, step.organization_id, said("approve"))
    made = await decide(review, story, step.organization_id, said("return"))
    assert (made.state, made.next_tier) == ("returned", None)

    story.round = 2
    await review.act(actions.open_case, story.filed())

    told = (await events_told(review))[-2:]
    assert isinstance(told[0], Returned)
    assert told[0].file_again_until.isoformat() == "2026-12-07"
    assert isinstance(told[1], TierReached)
    assert (told[1].tier, told[1].round, told[1].version, told[1].again) == ("employer", 2, 2, True)
    assert told[1].due_on.isoformat() == "2026-11-23"


async def test_only_one_of_two_reviewers_decides(review: Database, profile: Profile) -> None:
    """Two reviewers of one organization, at a barrier, a hundred times: exactly one wins, the other hears who did."""
    for _ in range(100):
        story, barrier = Story(), asyncio.Barrier(2)
        await review.act(actions.open_case, story.filed())

        async def press(who: Caller, verb: str, story: Story = story, barrier: asyncio.Barrier = barrier) -> object:
            await barrier.wait()
            try:
                return await review.act(actions.decide, who, story.case_id, said(verb))  # type: ignore[arg-type]  # both verbs
            except Refusal as refusal:
                return refusal

        first, second = reviewer(EMPLOYER, new_id()), reviewer(EMPLOYER, new_id())
        outcomes = await asyncio.gather(press(first, "approve"), press(second, "return"))
        lost = [one for one in outcomes if isinstance(one, Refusal)]
        assert [type(one) for one in lost] == [Conflict]
        assert lost[0].code == "already_decided"
        assert set(lost[0].members) == {"decided_by", "decision", "decided_at"}


async def test_a_colleague_who_has_not_seen_the_approval_does_not_take_it_back(
    review: Database, profile: Profile
) -> None:
    story = Story(route=steps("employer", "city_talent_office"))
    await approved(review, story)

    with pytest.raises(Conflict, check=lambda refusal: refusal.code == "already_decided"):
        await review.act(actions.decide, reviewer(CITY, new_id()), story.case_id, said("return"))


async def test_the_last_tier_returns_what_it_approved_where_the_programme_knows_that(
    review: Database, profile: Profile
) -> None:
    story = Story(route=steps("employer", "city_talent_office"))
    await approved(review, story)
    made = await decide(review, story, CITY, said("return"))
    assert made.state == "returned"

    story.round = 2
    await approved(review, story)
    numbers = [event.number for event in await events_told(review) if isinstance(event, Approved)]
    assert numbers == ["DZ2026000001", "DZ2026000002"]


async def test_elsewhere_an_approved_case_stays_approved(review: Database, profile: Profile) -> None:
    story = Story(programme=HEBEI, route=steps("employer"))
    await approved(review, story)

    with pytest.raises(Conflict, check=lambda refusal: refusal.code == "already_decided"):
        await decide(review, story, EMPLOYER, said("return"))


@pytest.mark.parametrize(
    ("organization_id", "version", "code"),
    [(EMPLOYER, 1, "version_superseded"), (EMPLOYER, 3, "version_superseded"), (BUREAU, 2, "not_found")],
)
async def test_what_the_state_does_not_allow_changes_nothing(
    review: Database, profile: Profile, organization_id: UUID, version: int, code: str
) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    await review.act(actions.open_case, story.filed())
    before = await events_told(review)

    with pytest.raises(Refusal, check=lambda refusal: refusal.code == code):
        await decide(review, story, organization_id, said("approve", version))

    assert await events_told(review) == before
    assert profile.sealed == []


async def test_a_version_that_profile_does_not_seal_cannot_be_decided(review: Database, profile: Profile) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    profile.newest[story.submission_id] = 2

    with pytest.raises(Conflict, check=lambda refusal: refusal.code == "version_superseded") as refused:
        await decide(review, story, EMPLOYER, said("approve"))

    assert refused.value.members == {"version": 2}


async def test_without_profile_first_tiers_wait_and_later_ones_go_on(review: Database, profile: Profile) -> None:
    first, later = Story(), Story()
    await review.act(actions.open_case, first.filed())
    await approved(review, later, until="employer")
    profile.is_away = True

    with pytest.raises(Unavailable):
        await decide(review, first, EMPLOYER, said("approve"))
    assert (await decide(review, later, BUREAU, said("approve"))).next_tier == "county_talent_office"


@pytest.mark.parametrize("who", [ELSEWHERE, OFFICE])
async def test_organizations_that_it_never_reached_find_nothing(review: Database, profile: Profile, who: UUID) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())

    with pytest.raises(Missing):
        await decide(review, story, who, said("approve"))


async def test_nobody_decides_a_case_of_their_own(review: Database, profile: Profile) -> None:
    """By account, and by an ID number that an earlier filing of the reviewer's own account tells (rule 7)."""
    story, own = Story(), Story(programme=HEBEI, route=steps("employer"))
    await review.act(actions.open_case, story.filed())
    await review.act(actions.open_case, own.filed())

    for account_id in (story.account_id, own.account_id):
        with pytest.raises(Missing):
            await review.act(actions.decide, reviewer(EMPLOYER, account_id), story.case_id, said("approve"))


async def test_state_is_judged_before_what_was_said(review: Database, profile: Profile) -> None:
    story = Story()
    await approved(review, story, until="employer")

    with pytest.raises(Conflict):
        await decide(review, story, EMPLOYER, said("return", comment=" "))
    with pytest.raises(Invalid, check=lambda refusal: refusal.code == "comment_missing"):
        await decide(review, story, BUREAU, said("return", comment=" "))
