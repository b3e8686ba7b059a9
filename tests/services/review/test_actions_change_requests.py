"""The review of change requests: heard, read, decided once, sealed first, told after."""

import asyncio

import pytest

from services.review import actions
from services.review.schemas import ChangeItem, DecideChange
from shared.contracts.events import ChangeDecided, ChangeRequested, ChangeWithdrawn, DossierOpened
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Invalid, Missing, Refusal, Unavailable
from shared.kit.database import Database
from shared.kit.ids import new_id
from shared.kit.web.paging import Page
from tests.conftest import events_told
from tests.services.review.profile_double import Profile
from tests.services.review.reading import history, rows
from tests.services.review.stories import ELSEWHERE, EMPLOYER, HEBEI, MORNING, Story, approved, reviewer, steps

APPROVE = DecideChange(decision="approve")
REJECT = DecideChange(decision="reject", comment="手机号应为本人实名")
CHANGES = [{"field": "mobile", "old": "13953400001", "new": "13853400002"}]


async def asked(review: Database, profile: Profile, story: Story | None = None) -> ChangeRequested:
    """A change request of an approved case waits at the employer."""
    story = story or Story(programme=HEBEI, route=steps("employer"))
    await approved(review, story)
    told = story.asked()
    profile.changes[told.change_request_id] = {"changes": CHANGES, "scans": [], "reason": "更换号码", "more": 1}
    await review.act(actions.know_change, told)
    return told


def withdrawn(told: ChangeRequested) -> ChangeWithdrawn:
    """The applicant takes it back."""
    rest = told.model_dump(exclude={"filed_at", "id_index"})
    return ChangeWithdrawn.model_validate({**rest, "withdrawn_at": MORNING})


async def listed(review: Database, state: str = "waiting", who: Caller | None = None) -> list[ChangeItem]:
    """What the employer's list shows."""
    caller = who or reviewer(EMPLOYER)
    return (await actions.read_changes(review, caller, state, Page())).items  # type: ignore[arg-type]  # a state


async def test_old_and_new_values_stand_side_by_side_while_it_waits(review: Database, profile: Profile) -> None:
    told = await asked(review, profile)

    for _ in range(2):
        (item,) = await listed(review)
        assert (item.change_request_id, item.changes, item.reason) == (told.change_request_id, CHANGES, "更换号码")
    assert profile.asked.count(f"GET /internal/change-requests/{told.change_request_id}") == 1
    ((kept,),) = await rows(review, "SELECT content FROM change_request")
    assert b"13853400002" not in kept


async def test_who_opens_a_request_that_waits_is_told_to_its_applicant(review: Database, profile: Profile) -> None:
    story = Story(programme=HEBEI, route=steps("employer"))
    told = await asked(review, profile, story)
    caller = reviewer(EMPLOYER)

    await actions.read_change(review, caller, told.change_request_id)
    await review.act(actions.decide_change, caller, told.change_request_id, REJECT)
    await actions.read_change(review, caller, told.change_request_id)

    (opened,) = [event for event in await events_told(review) if isinstance(event, DossierOpened)]
    assert (opened.case_id, opened.submission_id, opened.reviewer_id, opened.organization_id, opened.tier) == (
        story.case_id, story.submission_id, caller.person, EMPLOYER, "employer",
    )  # fmt: skip


async def test_the_employers_that_a_request_is_about_are_told_by_name(review: Database, profile: Profile) -> None:
    told = await asked(review, profile)
    moved = {"field": "employer", "old": str(EMPLOYER), "new": str(ELSEWHERE)}
    profile.changes[told.change_request_id]["changes"] = [moved]

    (item,) = await listed(review)

    assert {one.organization_id for one in item.organizations} == {EMPLOYER, ELSEWHERE}


async def test_an_approval_is_sealed_told_and_remembered(review: Database, profile: Profile) -> None:
    story = Story(programme=HEBEI, route=steps("employer"))
    told = await asked(review, profile, story)

    item = await review.act(actions.decide_change, reviewer(EMPLOYER), told.change_request_id, APPROVE)

    assert item.status == "approved"
    assert item.changes == [{"field": "mobile", "old": "*" * 7 + "0001", "new": "*" * 7 + "0002"}]
    assert profile.sealed[-1] == [(told.change_request_id, 1)]
    last = (await events_told(review))[-1]
    assert isinstance(last, ChangeDecided)
    assert (last.decision, last.fields, last.comment) == ("approve", ("mobile",), None)
    assert (await history(review, story))[-1] == ("change_decided", 1, 1, "approve")
    assert [len(await listed(review, state)) for state in ("waiting", "decided", "all")] == [0, 1, 1]


async def test_a_rejection_says_why(review: Database, profile: Profile) -> None:
    told = await asked(review, profile)

    silent = DecideChange(decision="reject", comment="  ")
    with pytest.raises(Invalid, check=lambda refusal: refusal.code == "comment_missing"):
        await review.act(actions.decide_change, reviewer(EMPLOYER), told.change_request_id, silent)
    item = await review.act(actions.decide_change, reviewer(EMPLOYER), told.change_request_id, REJECT)
    assert (item.status, item.comment) == ("rejected", "手机号应为本人实名")


async def test_two_reviewers_and_one_decision(review: Database, profile: Profile) -> None:
    story = Story(programme=HEBEI, route=steps("employer"))
    await asked(review, profile, story)
    for _ in range(20):
        told = story.asked()
        profile.changes[told.change_request_id] = {"changes": CHANGES}
        await review.act(actions.know_change, told)
        outcomes = await asyncio.gather(
            *(
                review.act(actions.decide_change, reviewer(EMPLOYER, new_id()), told.change_request_id, body)
                for body in (APPROVE, REJECT)
            ),
            return_exceptions=True,
        )
        assert [one.code for one in outcomes if isinstance(one, Refusal)] == ["already_decided"]


@pytest.mark.parametrize("heard_first", [True, False])
async def test_a_withdrawn_request_cannot_be_decided(review: Database, profile: Profile, heard_first: bool) -> None:
    """Whether review has heard of it, or profile says so when it is asked to seal."""
    told = await asked(review, profile)
    if heard_first:
        await review.act(actions.withdraw_change, withdrawn(told))
    else:
        profile.withdrawn.add(told.change_request_id)

    with pytest.raises(Conflict, check=lambda refusal: refusal.code == "change_withdrawn"):
        await review.act(actions.decide_change, reviewer(EMPLOYER), told.change_request_id, APPROVE)


async def test_withdrawal_and_request_may_be_heard_in_any_order(review: Database) -> None:
    story = Story(programme=HEBEI, route=steps("employer"), version=1)
    told = story.asked()

    for _ in range(2):
        await review.act(actions.withdraw_change, withdrawn(told))
        await review.act(actions.know_change, told)

    assert await rows(review, "SELECT status, filed_at FROM change_request") == [("withdrawn", told.filed_at)]


async def test_it_is_nobody_elses_nor_ones_own(review: Database, profile: Profile) -> None:
    story = Story(programme=HEBEI, route=steps("employer"))
    told = await asked(review, profile, story)

    for caller in (reviewer(ELSEWHERE), reviewer(EMPLOYER, story.account_id)):
        assert await listed(review, who=caller) == []
        with pytest.raises(Missing):
            await review.act(actions.decide_change, caller, told.change_request_id, APPROVE)


async def test_without_profile_nothing_is_decided(review: Database, profile: Profile) -> None:
    told = await asked(review, profile)
    await listed(review)
    profile.is_away = True

    assert len(await listed(review)) == 1
    with pytest.raises(Unavailable):
        await review.act(actions.decide_change, reviewer(EMPLOYER), told.change_request_id, APPROVE)
