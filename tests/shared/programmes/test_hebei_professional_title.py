"""Hebei's professional titles are what their manual and the domain page say."""

import pytest

from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.shape import Accounts, AfterApproval

DEZHOU, HEBEI = PROGRAMMES["dezhou-talent-pool"], PROGRAMMES["hebei-professional-title"]

# The table of the domain page: a star after what is required.
SECTIONS = {
    "basic": "name* gender* born_on* id_type* id_number* id_scan* photo* ethnicity* political_status* employer* post "
    "joined_work_on* mobile* email* address highest_education* highest_degree*",
    "education": "school* degree* education_level* major* started_on* ended_on* scan*",
    "work": "started_on* ended_on* current post* employer* scan*",
    "current_titles": "title* series* level* granted_on* appointed_on granted_by* scan*",
    "annual_assessments": "year* result* scan",
    "continuing_education": "year* kind* hours* scan",
    "qualifications": "name* level granted_on* certificate_number* scan*",
    "publications": "kind* title* venue* published_on* author_rank* doi_or_isbn indexed_by scan",
    "patents": "name* number* kind* status* granted_on inventor_rank* scan",
    "projects": "name* source* level* number started_on* ended_on funding role* scan",
    "awards": "achievement* award* level* grade* granted_on* rank* scan*",
}


def test_its_sections_and_fields_stand_in_order() -> None:
    assert {
        section.section: " ".join(field.field + "*" * field.required for field in section.fields)
        for section in HEBEI.sections
    } == SECTIONS
    assert [section.section for section in HEBEI.sections] == list(SECTIONS)


def test_only_basic_is_single_and_only_education_and_work_need_an_entry() -> None:
    assert [section.section for section in HEBEI.sections if not section.repeated] == ["basic"]
    assert {section.section: section.minimum for section in HEBEI.sections if section.minimum} == {
        "education": 1,
        "work": 1,
    }


def test_the_employer_alone_reviews_municipal_or_not() -> None:
    assert [[tier.tier for tier in HEBEI.route_for(municipal=municipal)] for municipal in (False, True)] == [
        ["employer"],
        ["employer"],
    ]


def test_its_policies_are_declared() -> None:
    assert HEBEI.accounts is Accounts.ASSIGNED
    assert HEBEI.after_approval is AfterApproval.CHANGE_REQUESTS
    assert (HEBEI.categories, HEBEI.membership, HEBEI.registration, HEBEI.offices) == ((), None, None, ())
    assert [partner.partner for partner in HEBEI.shares_with] == ["expert_site"]
    assert HEBEI.support.describe() == {"telephones": [], "qq_group": None}


def test_what_was_achieved_stands_under_one_heading() -> None:
    assert [section.section for section in HEBEI.sections if section.heading] == [
        "publications",
        "patents",
        "projects",
        "awards",
    ]


@pytest.mark.parametrize(
    ("section", "of_dezhou"),
    [
        ("education", "education"),
        ("work", "work"),
        ("publications", "publications"),
        ("patents", "patents"),
        ("projects", "projects"),
        ("awards", "achievement_awards"),
    ],
)
def test_what_is_as_in_dezhou_is_the_same_class(section: str, of_dezhou: str) -> None:
    assert HEBEI.section(section).model is DEZHOU.section(of_dezhou).model


@pytest.mark.parametrize(
    ("section", "field", "values"),
    [
        ("annual_assessments", "result", "excellent competent basically_competent incompetent"),
        ("continuing_education", "kind", "public professional"),
        ("current_titles", "level", "410 411 412 420 430 434 435 499"),
        ("qualifications", "level", "national provincial municipal county industry other"),
    ],
)
def test_its_lists_offer_what_the_domain_page_says(section: str, field: str, values: str) -> None:
    assert [choice.value for choice in HEBEI.section(section).field(field).choices] == values.split()
