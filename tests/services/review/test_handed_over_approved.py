"""Who answers for approved cases after a handover: reads them, returns them, and decides their change requests."""

import pytest

from services.review import actions
from services.review.commands import verified
from shared.contracts.events import CaseHandedOver, ChangeHandedOver
from shared.contracts.refusals import Conflict, Missing
from shared.kit.database import Database
from tests.conftest import Client, events_told
from tests.services.review.profile_double import Profile
from tests.services.review.reading import rows
from tests.services.review.stories import CITY, OFFICE, Story, approved, content, decide, reviewer, said
from tests.services.review.test_actions_handovers import NEW_CITY, client, hand_over

__all__ = ["client"]


async def test_who_takes_over_may_return_what_was_approved(client: Client, review: Database, profile: Profile) -> None:
    story = Story()
    await approved(review, story)

    ended = await hand_over(client, review, CITY, NEW_CITY)

    assert (ended["total"], ended["done"]) == (1, 1)
    (told,) = [event for event in await events_told(review) if isinstance(event, CaseHandedOver)]
    assert (told.tiers, told.from_id, told.organization_id) == ((), CITY, NEW_CITY)
    with pytest.raises(Conflict, match="already_decided"):
        await decide(review, story, CITY, said("return", comment="请更正"))
    profile.keep(story.submission_id, 1, content(story))
    await actions.read_case(review, reviewer(NEW_CITY), story.case_id)
    await decide(review, story, NEW_CITY, said("return", comment="请更正"))
    assert await rows(review, "SELECT state, organization_id FROM review_case") == [("returned", NEW_CITY)]
    assert await verified(None) == ([], 1)


async def test_decisions_and_their_figures_stay_where_they_were_made(
    client: Client, review: Database, profile: Profile
) -> None:
    story = Story()
    await approved(review, story)
    profile.keep(story.submission_id, 1, content(story))
    await hand_over(client, review, CITY, NEW_CITY)

    both = [await actions.read_case(review, reviewer(who), story.case_id) for who in (CITY, NEW_CITY)]
    assert [case.case_id for case in both] == [story.case_id] * 2
    deciders = [entry.organization.organization_id for entry in both[1].history if entry.decision]
    assert (deciders[-1], NEW_CITY in deciders) == (CITY, False)
    shown = (await client.get("/review/statistics")).json()["items"]
    assert {line["organization_id"]: line["decided"] for line in shown}[str(CITY)] == 1
    assert str(NEW_CITY) not in {line["organization_id"] for line in shown}


async def test_a_later_change_request_goes_to_who_answers_for_the_case(
    client: Client, review: Database, profile: Profile
) -> None:
    story = Story()
    await approved(review, story)
    await hand_over(client, review, CITY, NEW_CITY)

    await review.act(actions.know_change, story.asked())

    assert await rows(review, "SELECT organization_id FROM change_request") == [(NEW_CITY,)]
    (told,) = [event for event in await events_told(review) if isinstance(event, ChangeHandedOver)]
    assert told.organization_id == NEW_CITY


async def test_what_was_taken_over_in_review_and_approved_is_answered_for_as_well(
    client: Client, review: Database, profile: Profile
) -> None:
    story = Story()
    await approved(review, story, until="city_service_centre")
    await hand_over(client, review, CITY, NEW_CITY)
    await decide(review, story, NEW_CITY, said("approve", category="B"))

    await review.act(actions.know_change, story.asked())

    assert await rows(review, "SELECT organization_id FROM change_request") == [(NEW_CITY,)]


async def test_left_out_approved_cases_stay(client: Client, review: Database, profile: Profile) -> None:
    story = Story()
    await approved(review, story)

    ended = await hand_over(client, review, CITY, NEW_CITY, takes_approved=False)
    await review.act(actions.know_change, story.asked())

    assert (ended["state"], ended["total"]) == ("done", 0)
    assert await rows(review, "SELECT organization_id FROM change_request") == [(CITY,)]
    with pytest.raises(Missing):
        await actions.read_case(review, reviewer(NEW_CITY), story.case_id)
    assert OFFICE not in {CITY, NEW_CITY}
