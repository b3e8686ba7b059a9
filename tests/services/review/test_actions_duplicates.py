"""The check `duplicate` stands beside a scan for the city tiers alone, and is missing while profile is away."""

from typing import Any
from uuid import UUID

import pytest

from services.review import actions
from shared.contracts.events import OrganizationChanged
from shared.kit.database import Database
from tests.services.review.profile_double import Profile
from tests.services.review.stories import BUREAU, CENTRE, EMPLOYER, Story, approved, content, reviewer

SCAN = "01a20145-6353-775d-aae9-21a9ddb9827f"
MARK = {"check": "duplicate", "outcome": "attention", "message": "这份文件…", "page": 1, "box": None}


@pytest.fixture
async def story(review: Database, profile: Profile) -> Story:
    """A case that waits at the city, with a scan that somebody else has uploaded too."""
    for organization_id, kind in ((BUREAU, "county_hr_bureau"), (CENTRE, "city_service_centre")):
        told = OrganizationChanged(
            organization_id=organization_id, version=1, name=kind, pinyin="", kind=kind, region="371402",
            municipal=False, programmes=(),
        )  # fmt: skip
        await review.act(actions.know_organization, told)
    story = Story()
    profile.duplicates = {SCAN: MARK}
    profile.keep(story.submission_id, 1, content(story), [{"scan_id": SCAN, "section": "education", "checks": []}])
    await approved(review, story, until="county_talent_office")
    return story


async def checks(review: Database, story: Story, organization_id: UUID) -> Any:  # noqa: ANN401 - JSON
    """The checks that a reviewer sees on the scan."""
    shown = await actions.read_case(review, reviewer(organization_id), story.case_id)
    return shown.scans[0]["checks"]


async def test_the_city_alone_sees_it(review: Database, story: Story) -> None:
    seen = [await checks(review, story, organization_id) for organization_id in (EMPLOYER, BUREAU, CENTRE)]

    assert seen == [[], [], [MARK]]


async def test_with_profile_away_the_case_is_shown_without(review: Database, profile: Profile, story: Story) -> None:
    assert await checks(review, story, CENTRE) == [MARK]
    profile.is_away = True

    assert await checks(review, story, CENTRE) == []
