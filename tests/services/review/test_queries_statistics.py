"""Figures: counted per tier and organization, the own one for reviewers, all for administrators."""

import sys
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.review import actions, queries
from services.review.queries import Wanted
from services.review.rules import region_seen
from services.review.schemas import By
from shared.contracts.events import OrganizationChanged
from shared.contracts.identity import Caller
from shared.contracts.refusals import Forbidden
from shared.kit.database import Database
from shared.kit.ids import new_id
from shared.programmes.catalogue import PROGRAMMES
from tests.services.review.conftest import set_clock
from tests.services.review.profile_double import Profile
from tests.services.review.stories import (
    BUREAU,
    CITY,
    DEZHOU,
    ELSEWHERE,
    EMPLOYER,
    HEBEI,
    OFFICE,
    Story,
    approved,
    content,
    decide,
    organization,
    reviewer,
    said,
    steps,
)

ADMIN = Caller(actor="gateway", account_id=new_id(), roles=frozenset({"administrator"}))
DAY = 86_400


async def a_week(review: Database, profile: Profile) -> None:
    """Four filings on Monday: one decided after an hour, one a day, one returned after two days, one waiting."""
    stories = [Story(serial=at) for at in range(4)]
    for story in stories:
        await review.act(actions.open_case, story.filed())
    await decide(review, stories[0], EMPLOYER, said("approve"))
    await set_clock(review, days=1)
    await decide(review, stories[1], EMPLOYER, said("approve"))
    await set_clock(review, days=2)
    await decide(review, stories[2], EMPLOYER, said("return"))


async def figures(
    review: Database, caller: Caller, programme: str | None = None, *days: date
) -> list[tuple[object, ...]]:
    """Tier, waiting, decided, returned and the median in days."""
    since, until = days or (None, None)
    found = await review.read(queries.statistics, caller, Wanted(programme, since, until))
    return [
        (one.tier, one.waiting, one.decided, one.returned, round((one.median_seconds or 0) / DAY))
        for one in found.items
    ]


async def test_administrators_see_every_tier_and_reviewers_their_own(review: Database, profile: Profile) -> None:
    await a_week(review, profile)

    own = ("employer", 1, 3, 1, 1)
    assert await figures(review, ADMIN) == [("county_hr_bureau", 2, 0, 0, 0), own]
    assert await figures(review, reviewer(EMPLOYER)) == [own]
    assert await figures(review, reviewer(BUREAU)) == [("county_hr_bureau", 2, 0, 0, 0)]


async def test_a_tier_tells_since_when_its_oldest_case_waits(review: Database, profile: Profile) -> None:
    stories, seen = [Story(serial=at) for at in range(2)], list[str | None]()
    for days, story in enumerate(stories):
        await set_clock(review, days=days)
        await review.act(actions.open_case, story.filed())
        await decide(review, story, EMPLOYER, said("approve"))
    for then in (*stories, None):
        (own,) = (await review.read(queries.statistics, reviewer(BUREAU), Wanted())).items
        seen.append(own.waits_since.date().isoformat() if own.waits_since else None)
        if then is not None:
            await decide(review, then, BUREAU, said("approve"))

    assert seen == ["2026-11-16", "2026-11-17", None]


async def test_days_and_programme_bound_what_is_counted(review: Database, profile: Profile) -> None:
    await a_week(review, profile)
    tuesday = date(2026, 11, 17)

    assert await figures(review, reviewer(EMPLOYER), DEZHOU, tuesday, tuesday) == [("employer", 1, 1, 0, 1)]
    assert await figures(review, reviewer(EMPLOYER), HEBEI) == []


async def test_applicants_see_no_figures(review: Database) -> None:
    with pytest.raises(Forbidden):
        await figures(review, replace(ADMIN, roles=frozenset({"applicant"})))


async def test_later_tiers_are_counted_by_their_own_time(review: Database, profile: Profile) -> None:
    story = Story()
    await approved(review, story, until="employer")
    await set_clock(review, days=3)
    await decide(review, story, BUREAU, said("approve"))

    assert await figures(review, reviewer(BUREAU)) == [("county_hr_bureau", 0, 1, 0, 3)]


OTHER = organization("陵城精密制造有限公司")
PLACES = (
    (EMPLOYER, "employer", "371402"), (BUREAU, "county_hr_bureau", "371402"),
    (OFFICE, "county_talent_office", "371402"),
    (CITY, "city_talent_office", "371400"), (OTHER, "employer", "371403"), (ELSEWHERE, "county_hr_bureau", "371403"),
)  # fmt: skip


async def two_counties(review: Database, profile: Profile) -> None:
    """One case approved by all, one returned by its employer with remarks, one that waits in the other county."""
    for key, kind, region in PLACES:
        told = OrganizationChanged(
            organization_id=key, version=1, name=f"{kind} {region}", pinyin="x", kind=kind, region=region,
            municipal=False, programmes=(DEZHOU,),
        )  # fmt: skip
        await review.act(actions.know_organization, told)
    first, second = Story(), Story(serial=2)
    await approved(review, first)
    await review.act(actions.open_case, second.filed())
    profile.keep(second.submission_id, 1, content(second))
    pins = [{"comment": "请核对", "section": "basic", "field": name} for name in ("mobile", "post")]
    await decide(review, second, EMPLOYER, said("return", remarks=[*pins, {"comment": "缺页"}]))
    step = steps()[0].model_copy(update={"organization_id": OTHER})
    await review.act(actions.open_case, Story(serial=3, employer_id=OTHER, route=(step, *steps()[1:])).filed())


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("tier", {"employer": (1, 2, 1, 1), "county_hr_bureau": (0, 1, 1, 0), "county_talent_office": (0, 1, 1, 0),
                  "city_service_centre": (0, 1, 1, 0), "city_talent_office": (0, 1, 1, 0)}),
        ("county", {"371402": (0, 6, 5, 1), "371403": (1, 0, 0, 0)}),
        ("category", {"C": (0, 1, 1, 0)}),
        ("month", {"2026-11": (0, 6, 5, 1)}),
    ],
)  # fmt: skip
async def test_figures_are_broken_down(
    review: Database, profile: Profile, by: By, groups: dict[str, tuple[int, ...]]
) -> None:
    await two_counties(review, profile)

    found = (await review.read(queries.statistics, ADMIN, Wanted(), by)).groups

    assert {one.key: (one.waiting, one.decided, one.approved, one.returned) for one in found} == groups
    assert {one.title is None for one in found} == {by == "month"}


async def test_reasons_are_told_by_section(review: Database, profile: Profile) -> None:
    await two_counties(review, profile)

    found = (await review.read(queries.statistics, reviewer(EMPLOYER), Wanted(DEZHOU))).reasons

    assert [(one.section, one.title.zh if one.title else None, one.remarks, one.cases) for one in found] == [
        ("basic", "基本情况", 2, 1), (None, None, 1, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (EMPLOYER, {"371402 employer"}),
        (BUREAU, {"371402 employer", "371402 county_hr_bureau", "371402 county_talent_office"}),
        (ELSEWHERE, {"371403 employer"}),
        (CITY, {"371402 employer", "371402 county_hr_bureau", "371402 county_talent_office", "371403 employer",
                "371400 city_talent_office"}),
        (organization("nobody knows it"), set()),
    ],
    ids=["employer", "county", "other county", "city", "unknown"],
)  # fmt: skip
async def test_offices_see_their_region(review: Database, profile: Profile, who: UUID, seen: set[str]) -> None:
    await two_counties(review, profile)

    found = (await review.read(queries.statistics, reviewer(who), Wanted(), "organization")).groups

    assert {" ".join(reversed(one.title.zh.split())) for one in found if one.title} == seen


async def test_an_answer_that_took_long_is_given_again_for_a_minute(
    review: Database, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.review.queries import statistics

    room = sys.modules[statistics.__module__]
    monkeypatch.setattr(room, "KEPT", {})
    monkeypatch.setattr(room, "SLOW", -1.0)
    first = await review.read(queries.statistics, ADMIN, Wanted())
    await review.act(actions.open_case, Story().filed())

    assert await review.read(queries.statistics, ADMIN, Wanted()) is first
    assert len((await review.read(queries.statistics, ADMIN, Wanted(DEZHOU))).items) == 1


def test_a_region_begins_with_that_of_its_office() -> None:
    kinds = PROGRAMMES.values()
    seen = [region_seen(kind, region, kinds) for kind, region in (
        ("employer", "371402"), ("county_hr_bureau", "371402"), ("city_talent_office", "371400"), ("office", "130000"),
        ("county_hr_bureau", ""),
    )]  # fmt: skip

    assert seen == [None, "371402", "3714", "13", None]
