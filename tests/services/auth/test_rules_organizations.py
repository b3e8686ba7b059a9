"""What is said of organizations, and which offices there are."""

import pytest

from services.auth.rules.organizations import Said, employer_kinds, faults, kinds, offices
from shared.programmes.catalogue import PROGRAMMES
from tests.services.auth.world import DEZHOU

GOOD = Said("employer", "371402", municipal=False, credit_code="91371400MA3C0PXC8A", programmes=(DEZHOU,))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (GOOD._replace(credit_code=None), []),
        (GOOD._replace(kind="castle"), [("kind", "not_a_choice")]),
        (GOOD._replace(region="37140", credit_code=None), [("region", "not_a_region")]),
        (GOOD._replace(region="德城", credit_code=None), [("region", "not_a_region")]),
        (GOOD._replace(credit_code="91371400MA3C0PXC8X"), [("credit_code", "not_a_credit_code")]),
        (GOOD._replace(programmes=("x",), credit_code=None), [("programmes", "not_a_choice")]),
        (
            Said("city_talent_office", "371400", municipal=True, credit_code=None, programmes=()),
            [("municipal", "municipal_office")],
        ),
    ],
)
def test_what_may_be_said_of_an_organization(said: Said, wrong: list[tuple[str, str]]) -> None:
    assert [(fault.field, fault.code) for fault in faults(said, PROGRAMMES)] == wrong


def test_kinds_of_organizations_are_the_tiers_of_the_programmes() -> None:
    assert employer_kinds(PROGRAMMES) == {"employer"}
    assert kinds(PROGRAMMES) == {
        "employer", "county_hr_bureau", "county_talent_office", "city_service_centre", "city_talent_office",
    }  # fmt: skip


def test_dezhou_has_two_offices_in_each_of_its_twelve_counties_and_two_of_the_city() -> None:
    found = offices(PROGRAMMES.values())

    assert len(found) == len({office.organization_id for office in found}) == 26
    assert sum(office.kind == "county_hr_bureau" for office in found) == 12
    assert {office.region for office in found if office.kind.startswith("city")} == {"371400"}
    assert {office.programmes for office in found} == {(DEZHOU,)}
    assert offices(PROGRAMMES.values()) == found
