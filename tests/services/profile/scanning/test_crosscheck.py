"""What was read against what was declared."""

from collections.abc import Mapping

import pytest

from services.profile.scanning.crosscheck import CROSS_CHECKS, Declared, cross_check
from services.profile.scanning.outcome import Line
from services.profile.scanning.texts import finding
from tests.services.profile.scanning import papers
from tests.services.profile.scanning.papers import lines

BASIC = {
    "name": "张伟",
    "id_type": "citizen_id",
    "id_number": papers.ID_NUMBER,
    "born_on": "1985-04-16",
    "gender": "1",
}
OTHER_NUMBER = "11010519491231002X"


def judged(
    paper: list[Line] | None, purpose: str, record: Mapping[str, object] | None = None, **basic: str
) -> list[str]:
    """The codes of all checks that ask for attention."""
    checks = cross_check(paper, Declared(purpose, BASIC | basic, record or {}))
    assert {check.check for check in checks} <= CROSS_CHECKS
    assert all(finding(check.code) for check in checks)
    return [check.code for check in checks if check.outcome == "attention"]


def test_a_card_that_agrees_passes_every_check() -> None:
    checks = cross_check(papers.FRONT, Declared("id_scan", BASIC))

    assert [(check.check, check.outcome) for check in checks] == [
        (name, "passed")
        for name in ("legible", "right_slot", "name_found", "id_number_found", "id_checksum", "birth_date", "gender")
    ]
    assert all(check.box for check in checks[2:])


@pytest.mark.parametrize(
    ("basic", "codes"),
    [
        ({"name": "李娜"}, ["name_missing"]),
        ({"id_number": OTHER_NUMBER}, ["id_number_missing"]),
        ({"born_on": "1985-04-17"}, ["birth_differs"]),
        ({"gender": "2"}, ["gender_differs"]),
        ({"name": ""}, []),
    ],
)
def test_a_declared_value_that_is_not_on_the_card_asks_for_a_look(basic: dict[str, str], codes: list[str]) -> None:
    assert judged(papers.FRONT, "id_scan", None, **basic) == codes


def test_a_digit_misread_by_the_machine_is_no_fault_of_the_applicant() -> None:
    misread = papers.ID_NUMBER[:5] + "9" + papers.ID_NUMBER[6:]

    assert judged([*papers.FRONT[:-1], *lines(misread)], "id_scan") == []


@pytest.mark.parametrize(
    ("paper", "purpose", "basic", "codes"),
    [
        (papers.BACK, "id_scan", {}, ["only_the_back"]),
        (papers.BACK + papers.FRONT, "id_scan", {}, []),
        (papers.DIPLOMA, "id_scan", {}, ["not_the_document"]),
        (papers.FRONT, "id_scan", {"id_type": "passport"}, ["not_the_document"]),
        (papers.FRONT, "proof", {}, ["a_card_as_proof"]),
        (papers.DIPLOMA, "photo", {}, ["not_a_portrait"]),
        ([], "photo", {}, []),
        ([], "proof", {}, ["nothing_read"]),
        (None, "proof", {}, ["not_read"]),
        (None, "photo", {}, []),
        (lines("张伟在职证明", score=0.5), "proof", {}, ["read_badly"]),
    ],
)
def test_the_wrong_paper_in_a_slot_is_noticed(
    paper: list[Line] | None, purpose: str, basic: dict[str, str], codes: list[str]
) -> None:
    assert judged(paper, purpose, None, **basic) == codes


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        ({"ended_on": "2008-06-30", "started_on": "2004-09-01"}, []),
        ({"ended_on": "2008-06-01"}, []),
        ({"ended_on": "2009-07-01"}, ["date_missing"]),
        ({"certificate_number": "104221200805012345"}, []),
        ({"certificate_number": "999"}, ["certificate_number_missing"]),
        ({"certificate_number": None, "ended_on": None}, []),
    ],
)
def test_a_proof_is_held_against_its_record(record: dict[str, object], codes: list[str]) -> None:
    assert judged(papers.DIPLOMA, "proof", record) == codes


def test_a_passport_with_a_name_in_letters() -> None:
    mine = {"name": "Min Dou", "id_type": "passport", "id_number": "E12345678", "born_on": "1971-07-21", "gender": "2"}

    assert judged(papers.PASSPORT, "id_scan", None, **mine) == []
    other = mine | {"born_on": "1971-07-22", "gender": "1"}
    assert judged(papers.PASSPORT, "id_scan", None, **other) == ["birth_differs", "gender_differs"]
