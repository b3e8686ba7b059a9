"""Opening a dossier: fetched once, masked for whoever does not decide now, compared with what was seen before."""

from typing import Any

import pytest

from services.review import actions
from services.review.schemas import CaseShown
from shared.contracts.events import DossierOpened
from shared.contracts.refusals import Missing, Unavailable
from shared.kit.database import Database
from tests.conftest import events_told
from tests.services.review.profile_double import Profile
from tests.services.review.reading import rows
from tests.services.review.stories import (
    BUREAU,
    CITY,
    ELSEWHERE,
    EMPLOYER,
    Story,
    approved,
    content,
    decide,
    reviewer,
    said,
)  # fmt: skip


async def opened(review: Database, story: Story, organization: Any = EMPLOYER) -> CaseShown:  # noqa: ANN401 - an id
    """What a reviewer of the organization sees."""
    return await actions.read_case(review, reviewer(organization), story.case_id)


async def filed(review: Database, profile: Profile, story: Story, **basic: object) -> None:
    """The next version is filed, and profile knows it."""
    await review.act(actions.open_case, story.filed())
    profile.keep(story.submission_id, story.version, content(story, **basic))
    profile.newest[story.submission_id] = story.version


def basic(case: CaseShown) -> Any:  # noqa: ANN401 - JSON
    """The values of the first section."""
    return case.snapshot.sections[0]["values"]


async def test_the_holder_sees_full_values_fetched_once(review: Database, profile: Profile) -> None:
    story = Story()
    await filed(review, profile, story)

    first, again = await opened(review, story), await opened(review, story)

    assert basic(first)["id_number"] == story.id_number
    assert (first.mine, first.state, first.changed_since_last_seen) == (True, "in_review", None)
    assert first.snapshot == again.snapshot
    assert profile.asked == [f"GET /internal/submissions/{story.submission_id}/versions/1"]


async def test_the_copy_is_encrypted(review: Database, profile: Profile) -> None:
    story = Story()
    await filed(review, profile, story)
    await opened(review, story)

    ((kept,),) = await rows(review, "SELECT content FROM snapshot")
    assert story.id_number.encode() not in kept
    assert "张伟".encode() not in kept


async def test_each_opening_is_told(review: Database, profile: Profile) -> None:
    story = Story()
    await filed(review, profile, story)
    await opened(review, story)
    await opened(review, story)

    told = [event for event in await events_told(review) if isinstance(event, DossierOpened)]
    assert [(event.version, event.tier, event.organization_name) for event in told] == [
        (1, "employer", "鲁北新材料有限公司")
    ] * 2


async def test_earlier_tiers_see_masked_values_and_later_ones_nothing(review: Database, profile: Profile) -> None:
    story = Story()
    profile.keep(story.submission_id, 1, content(story))
    await approved(review, story, until="employer")

    assert basic(await opened(review, story, BUREAU))["mobile"] == "13953400001"
    earlier = await opened(review, story)
    assert (basic(earlier)["mobile"], basic(earlier)["id_number"][:4], earlier.mine) == (
        "*" * 7 + "0001",
        "****",
        False,
    )
    for organization in (CITY, ELSEWHERE):
        with pytest.raises(Missing):
            await opened(review, story, organization)


async def test_nobody_opens_a_case_of_their_own(review: Database, profile: Profile) -> None:
    story = Story()
    await filed(review, profile, story)

    with pytest.raises(Missing):
        await actions.read_case(review, reviewer(EMPLOYER, story.account_id), story.case_id)


async def test_without_profile_only_what_was_read_is_shown(review: Database, profile: Profile) -> None:
    read, unread = Story(), Story()
    await filed(review, profile, read)
    await filed(review, profile, unread)
    await opened(review, read)
    profile.is_away = True

    assert basic(await opened(review, read))["name"] == "张伟"
    with pytest.raises(Unavailable):
        await opened(review, unread)


async def test_what_changed_is_compared_with_what_this_tier_saw_last(review: Database, profile: Profile) -> None:
    """Versions 1 and 3 are seen by the employer, 2 is not; the bureau sees 3 alone, then 4, which changes nothing."""
    story = Story()
    await filed(review, profile, story, post="技术员")
    await opened(review, story)
    await filed(review, profile, story, post="助理工程师")
    await filed(review, profile, story, post="工程师")
    seen = [await opened(review, story), await opened(review, story)]
    assert [case.changed_since_last_seen for case in seen] == [
        [
            {
                "section": "basic", "entry_id": None, "field": "post", "kind": "changed",
                "old": "技术员", "new": "工程师",
            }
        ]
    ] * 2  # fmt: skip

    await decide(review, story, EMPLOYER, said("approve", 3))
    assert (await opened(review, story, BUREAU)).changed_since_last_seen is None
    await decide(review, story, BUREAU, said("return", 3))
    story.round = 2
    await filed(review, profile, story, post="工程师")
    await decide(review, story, EMPLOYER, said("approve", 4))
    assert (await opened(review, story, BUREAU)).changed_since_last_seen == []


async def test_a_version_decided_unopened_was_seen(review: Database, profile: Profile) -> None:
    story = Story()
    await filed(review, profile, story, post="技术员")
    await decide(review, story, EMPLOYER, said("return"))
    story.round = 2
    await filed(review, profile, story, post="工程师")

    changed = (await opened(review, story)).changed_since_last_seen
    assert [change["old"] for change in changed or []] == ["技术员"]


async def test_a_version_that_has_not_come_again_is_not_shown(review: Database, profile: Profile) -> None:
    """After its return the bureau reads the version that it had, until the employer has passed on the new one."""
    story = Story()
    profile.keep(story.submission_id, 1, content(story))
    await approved(review, story, until="employer")
    await decide(review, story, BUREAU, said("return"))
    story.round = 2
    await filed(review, profile, story)

    case = await opened(review, story, BUREAU)
    assert (case.version, case.snapshot.version, case.tier) == (2, 1, "employer")


async def test_the_history_names_who_decided_what(review: Database, profile: Profile) -> None:
    story = Story()
    await filed(review, profile, story)
    remark = {"comment": "请上传盖章页", "section": "basic", "field": "id_scan"}
    await decide(review, story, EMPLOYER, said("return", remarks=[remark]))

    first, last = (await opened(review, story)).history
    assert (first.event, first.decision, first.reviewer) == ("filed", None, None)
    assert (last.event, last.decision, last.comment, last.remarks) == (
        "decided", "return", "工作单位与劳动合同不一致，请核对。", [remark]
    )  # fmt: skip
    assert last.reviewer is not None
    assert last.reviewer.account_id == reviewer(EMPLOYER).account_id


async def test_who_decided_last_may_return_what_is_approved_and_nobody_else(review: Database, profile: Profile) -> None:
    waiting, over = Story(), Story(serial=2)
    await filed(review, profile, waiting)
    await approved(review, over)
    profile.keep(over.submission_id, over.version, content(over))

    cases = [await opened(review, story, who) for story, who in ((waiting, EMPLOYER), (over, EMPLOYER), (over, CITY))]

    assert [case.can_return for case in cases] == [False, False, True]
