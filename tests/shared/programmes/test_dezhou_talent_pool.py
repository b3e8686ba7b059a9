"""The Dezhou talent pool is what its manual and the domain page say."""

import pytest

from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.shape import Accounts, AfterApproval

DEZHOU = PROGRAMMES["dezhou-talent-pool"]

# The table of the domain page: a star after what is required.
SECTIONS = {
    "basic": "name* gender* photo* born_on* native_place* nationality* ethnicity* id_type* id_number* id_scan* "
    "political_status* professional_title* highest_education* highest_degree* birthplace* introduction_mode* employer* "
    "post* service_started_on* service_ends_on* main_duties* mobile* office_phone* email* address*",
    "political_status": "party* joined_on* scan",
    "titles": "title* series level* granted_on* granted_by* certificate_number scan*",
    "education": "school* degree* education_level* major* started_on* ended_on* scan*",
    "work": "started_on* ended_on* current post* employer* scan*",
    "affiliations": "organization* role* started_on* ended_on scan",
    "political_meetings": "meeting* level* role* term* scan",
    "research_directions": "direction* discipline* keywords summary",
    "honours": "title* level* granted_on* granted_by* scan*",
    "publications": "kind* title* venue* published_on* author_rank* doi_or_isbn indexed_by scan",
    "patents": "name* number* kind* status* granted_on inventor_rank* scan",
    "achievement_awards": "achievement* award* level* grade* granted_on* rank* scan*",
    "projects": "name* source* level* number started_on* ended_on funding role* scan",
    "programme_funding": "programme* level* granted_on* amount scan*",
    "other_awards": "award* granted_on* granted_by* scan",
    "accomplishments": "title* description* achieved_on scan",
    "companies": "name* credit_code* founded_on* role* registered_capital main_business scan",
    "family_members": "name* relation* born_on employer post political_status",
    "overseas_residency": "country* kind* obtained_on* document_number scan",
}


def test_its_sections_and_fields_stand_in_order() -> None:
    assert {
        section.section: " ".join(field.field + "*" * field.required for field in section.fields)
        for section in DEZHOU.sections
    } == SECTIONS
    assert [section.section for section in DEZHOU.sections] == list(SECTIONS)


def test_only_basic_is_single_and_only_education_and_work_need_an_entry() -> None:
    assert [section.section for section in DEZHOU.sections if not section.repeated] == ["basic"]
    assert {section.section: section.minimum for section in DEZHOU.sections if section.minimum} == {
        "education": 1,
        "work": 1,
    }


def test_a_county_employers_filing_passes_five_tiers() -> None:
    assert [tier.tier for tier in DEZHOU.route_for(municipal=False)] == [
        "employer",
        "county_hr_bureau",
        "county_talent_office",
        "city_service_centre",
        "city_talent_office",
    ]


def test_a_municipal_employers_filing_goes_straight_to_the_city() -> None:
    assert [(tier.tier, tier.classifies, tier.working_days) for tier in DEZHOU.route_for(municipal=True)] == [
        ("employer", False, 5),
        ("city_service_centre", False, 10),
        ("city_talent_office", True, 10),
    ]


def test_its_policies_are_declared() -> None:
    assert DEZHOU.accounts is Accounts.SELF_REGISTERED
    assert DEZHOU.after_approval is AfterApproval.RETURN_OR_CHANGE_REQUESTS
    assert [(category.category, category.title.zh) for category in DEZHOU.categories] == [
        ("A", "A 类"),
        ("B", "B 类"),
        ("C", "C 类"),
        ("D", "D 类"),
        ("E", "E 类"),
    ]
    assert DEZHOU.membership is not None
    assert DEZHOU.membership.number(2026, 1) == "DZ2026000001"
    assert DEZHOU.support.describe() == {
        "telephones": ["0531-55575449", "0531-55575450"],
        "qq_group": "568699641",
    }


def test_registration_asks_eight_things_and_each_of_them_goes_on() -> None:
    assert DEZHOU.registration is not None
    asked = [field.field for field in DEZHOU.registration.fields]

    assert all(field.required for field in DEZHOU.registration.fields)
    assert sorted(asked) == sorted((*DEZHOU.prefill.begins["basic"], *DEZHOU.prefill.kept))
    assert DEZHOU.section("basic").missing(dict.fromkeys(asked, "x")) != []
    section, field = DEZHOU.prefill.suggests["research_direction"]
    assert DEZHOU.section(section).field(field).title.zh == "研究方向"


def test_every_county_has_a_bureau_and_an_office_and_the_city_its_two() -> None:
    kinds = [(office.kind, office.region) for office in DEZHOU.offices]

    assert len(kinds) == len(set(kinds)) == 2 * 12 + 2
    assert {kind for kind, region in kinds if region == "371400"} == {"city_service_centre", "city_talent_office"}
    assert {kind for kind, region in kinds if region == "371471"} == {"county_hr_bureau", "county_talent_office"}


@pytest.mark.parametrize(
    ("section", "field", "values"),
    [
        ("basic", "introduction_mode", "full_time flexible local other"),
        ("honours", "level", "national provincial municipal county industry other"),
        ("titles", "level", "410 411 412 420 430 434 435 499"),
        ("publications", "kind", "paper book"),
        ("patents", "kind", "invention utility_model design"),
        ("patents", "status", "pending granted expired"),
        ("overseas_residency", "kind", "permanent long_term"),
        ("political_status", "party", "01 02 03 04 05 06 07 08 09 10 11 12 13"),
    ],
)
def test_its_lists_offer_what_the_domain_page_says(section: str, field: str, values: str) -> None:
    assert [choice.value for choice in DEZHOU.section(section).field(field).choices] == values.split()


def test_family_members_show_surname_and_relation_alone() -> None:
    member = {
        "name": "张明远",
        "relation": "父亲",
        "born_on": "1960-05-01",
        "employer": "某单位",
        "political_status": "01",
    }

    assert DEZHOU.section("family_members").mask(member) == {
        "name": "张**",
        "relation": "父亲",
        "born_on": "****",
        "employer": "****",
        "political_status": "****",
    }
