"""Everything that review keeps of one person: cases with histories and sights, change requests, own decisions."""

from services.review import actions
from services.review.queries.everything import everything
from shared.contracts.identity import Caller
from shared.kit.database import Database
from tests.conftest import ClientOf
from tests.services.review.profile_double import Profile
from tests.services.review.stories import EMPLOYER, Story, approved, reviewer


async def test_an_applicant_gets_cases_and_a_reviewer_decisions(
    review: Database, profile: Profile, client_of: ClientOf
) -> None:
    story, other = Story(), Story(serial=2, name="李娜")
    await approved(review, story)
    await review.act(actions.open_case, other.filed())
    await review.act(actions.know_change, story.asked())

    told = await review.read(everything, story.account_id)
    decided = await review.read(everything, reviewer(EMPLOYER).person)
    client = await client_of("review")
    path = f"/internal/accounts/{story.account_id}/everything"
    asked = [
        (await client.get(path, headers=client.as_caller(Caller(actor=actor)))).status_code
        for actor in ("profile", "notify")
    ]

    (case,) = told["cases"]
    assert (case["number"], [one["kind"] for one in case["history"]]) == (
        "DZ-2026-000123", ["filed", *["decided"] * 5]
    )  # fmt: skip
    assert ([one["section"] for one in told["change_requests"]], told["decisions"]) == (["basic"], [])
    assert [one["case_id"] for one in decided["decisions"]] == [story.case_id]
    assert asked == [200, 403]
