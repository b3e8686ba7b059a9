"""The law of drafts and filings as tables: state by state, what may be and what may not."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from services.profile.rules import drafts, filing, states
from services.profile.rules.drafts import Standing
from services.profile.rules.filing import Office, Span
from shared.contracts.refusals import Conflict, Invalid
from shared.programmes.catalogue import PROGRAMMES
from tests.services.profile.world import DEZHOU, HEBEI

NOW = datetime(2026, 11, 20, tzinfo=UTC)
DAY = timedelta(days=1)
STATUSES = ("draft", "in_review", "returned", "approved", "withdrawn")


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_draft_is_locked_when_approved_or_when_its_version_is_sealed(status: str, is_sealed: bool) -> None:
    standing = Standing(status, version=1, round=1, is_sealed=is_sealed)

    assert standing.is_locked is (status == "approved" or (status == "in_review" and is_sealed))
    assert standing.can_be_withdrawn is (status == "in_review" and not is_sealed)


@pytest.mark.parametrize(
    ("old", "follow"),
    [
        ("draft", {"in_review"}),
        ("in_review", {"in_review", "returned", "approved", "withdrawn"}),
        ("returned", {"in_review"}),
        ("approved", {"approved", "returned"}),
        ("withdrawn", {"in_review"}),
    ],
)
def test_which_state_may_follow_which(old: str, follow: set[str]) -> None:
    assert {new for new in STATUSES if states.can_follow(old, new)} == follow


@pytest.mark.parametrize(
    ("status", "again_until", "is_open"),
    [
        ("draft", None, False),
        ("withdrawn", None, False),
        ("in_review", None, True),
        ("returned", NOW.date(), True),
        ("returned", NOW.date() - DAY, False),
        ("returned", None, False),
    ],
)
def test_a_closed_window_binds_first_filings_and_those_after_a_withdrawal(
    status: str, again_until: date | None, is_open: bool
) -> None:
    standing = Standing(status, file_again_until=again_until)
    closed = Span(NOW - 2 * DAY, NOW)

    if is_open:
        filing.check_open(standing, closed, NOW, NOW.date())
    else:
        with pytest.raises(Conflict):
            filing.check_open(standing, closed, NOW, NOW.date())
    filing.check_open(standing, None, NOW, NOW.date())
    filing.check_open(standing, Span(None, NOW + DAY), NOW, NOW.date())
    filing.check_open(standing, Span(NOW, None), NOW, NOW.date())


@pytest.mark.parametrize(
    ("status", "present", "following"),
    [("draft", 0, 1), ("in_review", 1, 1), ("returned", 1, 2), ("withdrawn", 3, 4)],
)
def test_a_round_begins_with_the_filing_after_a_return_or_a_withdrawal(
    status: str, present: int, following: int
) -> None:
    assert filing.next_round(Standing(status, round=present)) == following


@pytest.mark.parametrize(
    ("slug", "held", "opened_by", "may"),
    [
        (DEZHOU, (), "registration", True),
        (DEZHOU, (), "import", False),
        (DEZHOU, (DEZHOU,), "import", True),
        (DEZHOU, (), "invitation", False),
        (HEBEI, (), "registration", False),
        (HEBEI, (HEBEI,), "registration", True),
    ],
)
def test_who_may_open_which_profile(slug: str, held: tuple[str, ...], opened_by: str, may: bool) -> None:
    assert drafts.may_open(PROGRAMMES[slug], held, opened_by) is may


def test_a_fact_that_a_section_would_not_take_begins_nothing() -> None:
    programme = PROGRAMMES[DEZHOU]
    facts = {"name": "张伟", "mobile": "12", "email": "zhang.wei@demo.juxian.test"}

    begun = drafts.beginning(programme.section("basic"), programme, facts)

    assert begun == {"name": "张伟", "email": "zhang.wei@demo.juxian.test"}


def office(kind: str, region: str, number: int = 1, **more: bool) -> Office:
    """An organization of the Dezhou programme."""
    municipal, is_disabled = more.get("municipal", False), more.get("is_disabled", False)
    return Office(UUID(int=number), kind, kind, region, municipal, (DEZHOU,), is_disabled)


CITY = [office("city_service_centre", "371400", 4), office("city_talent_office", "371400", 5)]
COUNTY = [office("county_hr_bureau", "371402", 2), office("county_talent_office", "371402", 3)]


@pytest.mark.parametrize(
    ("employer", "offices", "numbers"),
    [
        (office("employer", "371402"), [*COUNTY, *CITY], [1, 2, 3, 4, 5]),
        (office("employer", "371400", municipal=True), CITY, [1, 4, 5]),
        (office("employer", "371402"), [office("county_hr_bureau", "371402", 9), *COUNTY, *CITY], [1, 2, 3, 4, 5]),
        (office("employer", "371403"), [*COUNTY, *CITY], "county_hr_bureau"),
        (office("employer", "371402"), COUNTY, "city_service_centre"),
        (office("employer", "371402", is_disabled=True), [*COUNTY, *CITY], "employer"),
    ],
)
def test_each_tier_is_held_by_the_organization_of_its_region(
    employer: Office, offices: list[Office], numbers: list[int] | str
) -> None:
    if isinstance(numbers, str):
        with pytest.raises(Invalid) as refused:
            filing.route(PROGRAMMES[DEZHOU], employer, offices)
        assert refused.value.members == {"tier": numbers}
    else:
        route = filing.route(PROGRAMMES[DEZHOU], employer, offices)
        assert [step.office.organization_id.int for step in route] == numbers


def test_numbers_of_submissions_name_programme_and_year() -> None:
    assert filing.number(PROGRAMMES[DEZHOU], 2026, 123) == "DZ-2026-000123"
    assert filing.number(PROGRAMMES[HEBEI], 2026, 1) == "HPT-2026-000001"
