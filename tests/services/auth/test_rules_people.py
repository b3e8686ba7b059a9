"""Every trouble of a row is named by its code; what people commonly write is taken."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from services.auth.rules.people import COLUMNS, Known, Odd, Table, against, columns_of, judge
from services.auth.rules.people.against import Employer
from services.auth.rules.people.columns import Heading
from services.auth.rules.people.troubles import AGAINST, CELLS, FILE, PEOPLE
from tests.services.auth.lists import HEADINGS, id_number, person

TODAY = date(2026, 11, 22)
PROGRAMME = "hebei-professional-title"
HEADING = Heading(1, {column.field: place for place, column in enumerate(COLUMNS)}, len(COLUMNS))
GOOD = id_number(7)
ORDER = ["name", "id_number", "mobile", "email", "employer", "id_type"]


def judged(**said: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a cell may hold anything
    """The troubles of a row that is good but for what is said."""
    cells = [*person(7, **{field: value for field, value in said.items() if field in ORDER[:5]})]
    cells.append(said.get("id_type", ""))
    cells += said.get("beyond", [])
    return [(one.field, one.code) for one in judge(cells, HEADING, TODAY, trial=True).troubles]


ROWS = [
    ({"name": ""}, "name", "name_missing"),
    ({"name": "陈"}, "name", "name_too_short"),
    ({"name": "陈静1"}, "name", "name_characters"),
    ({"name": "<b>陈静</b>"}, "name", "name_characters"),
    ({"name": "陈" * 61}, "name", "cell_too_long"),
    ({"name": "陈*"}, "name", "cell_masked"),
    ({"name": "陈\n静"}, "name", "cell_characters"),
    ({"name": "陈\u202e静"}, "name", "cell_characters"),
    ({"name": "陈\x00静"}, "name", "cell_characters"),
    ({"name": 12.0}, "name", "cell_is_number"),
    ({"name": True}, "name", "cell_is_yes_or_no"),
    ({"name": datetime(2026, 1, 1)}, "name", "cell_is_date"),  # noqa: DTZ001 - cells have no zone
    ({"name": Odd.FORMULA}, "name", "cell_is_formula"),
    ({"name": "#N/A"}, "name", "cell_is_error"),
    ({"id_number": ""}, "id_number", "id_number_missing"),
    ({"id_number": 1.301021985031201e17}, "id_number", "id_number_is_number"),
    ({"id_number": 130102198503120100}, "id_number", "id_number_is_number"),
    ({"id_number": "1.30102E+17"}, "id_number", "id_number_rounded"),
    ({"id_number": "130102198503124000"}, "id_number", "id_number_rounded"),
    ({"id_number": "130102850312007"}, "id_number", "id_number_fifteen"),
    ({"id_number": GOOD[:-1]}, "id_number", "id_number_length"),
    ({"id_number": GOOD + "0"}, "id_number", "id_number_length"),
    ({"id_number": "13010219850230007X"}, "id_number", "id_number_birth_date"),
    ({"id_number": id_number(7, "20270101")}, "id_number", "id_number_future"),
    ({"id_number": id_number(7, "20150101")}, "id_number", "id_number_too_young"),
    ({"id_number": GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")}, "id_number", "id_number_checksum"),
    ({"id_number": "130102********0077"}, "id_number", "cell_masked"),
    ({"id_number": "E12345678"}, "id_number", "id_type_needed"),
    ({"id_number": GOOD, "id_type": "护照"}, "id_number", "id_number_form"),
    ({"id_type": "驾驶证"}, "id_type", "id_type_unknown"),
    ({"mobile": ""}, "mobile", "mobile_missing"),
    ({"mobile": "1.38312E+10"}, "mobile", "mobile_rounded"),
    ({"mobile": 13831100007.5}, "mobile", "mobile_rounded"),
    ({"mobile": "0311-86012345"}, "mobile", "mobile_is_landline"),
    ({"mobile": "13831100007/13831100008"}, "mobile", "mobile_several"),
    ({"mobile": "1383110"}, "mobile", "not_a_mobile"),
    ({"mobile": "12831100007"}, "mobile", "not_a_mobile"),
    ({"mobile": "138****0007"}, "mobile", "cell_masked"),
    ({"email": ""}, "email", "email_missing"),
    ({"email": "chen.demo.cn"}, "email", "not_an_email"),
    ({"email": "a@demo.cn;b@demo.cn"}, "email", "email_several"),
    ({"email": "a@demo.cn\r\nBcc: b"}, "email", "cell_characters"),
    ({"email": "a" * 255 + "@demo.cn"}, "email", "cell_too_long"),
    ({"employer": ""}, "employer", "employer_missing"),
    ({"employer": "院" * 201}, "employer", "cell_too_long"),
    ({"beyond": ["x"]}, "row", "cells_beyond"),
]


@pytest.mark.parametrize(("said", "field", "code"), ROWS, ids=[f"{number}-{row[2]}" for number, row in enumerate(ROWS)])
def test_a_bad_row_is_told_what_is_wrong_with_it(said: dict[str, Any], field: str, code: str) -> None:
    assert judged(**said) == [(field, code)]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"name": "  陈　静 "},
        {"name": "古丽娜·买买提"},
        {"name": "Anna-Maria O'Neil"},
        {"name": "𠮷田"},
        {"id_number": GOOD.lower()},
        {"id_number": f" {GOOD[:6]} {GOOD[6:]} "},
        {"id_number": f"'{GOOD}"},
        {"id_number": f"\t{GOOD}"},
        {"id_number": GOOD, "id_type": "居民身份证"},
        {"id_number": GOOD, "id_type": "citizen_id"},
        {"id_number": "E12345678", "id_type": "护照"},
        {"id_number": "810000199003070013"},
        {"mobile": 13831100007.0},
        {"mobile": "138 3110 0007"},
        {"mobile": "+8613831100007"},
        {"mobile": "+4915112345678"},
        {"mobile": "１３８３１１００００７"},
        {"email": "Chen.Jing@DEMO.juxian.test"},
        {"email": "chen＠demo.juxian.test"},
    ],
    ids=str,
)
def test_what_people_commonly_write_is_taken(said: dict[str, Any]) -> None:
    assert judged(**said) == []


def test_every_trouble_of_a_row_is_told_at_once_in_the_order_of_the_columns() -> None:
    assert judged(name="", id_number="1", mobile="x", email="x", employer="") == [
        ("name", "name_missing"),
        ("id_number", "id_number_length"),
        ("mobile", "not_a_mobile"),
        ("email", "not_an_email"),
        ("employer", "employer_missing"),
    ]


def test_a_good_row_is_kept_in_one_form() -> None:
    cells: list[Any] = [" 陈 静", f"'{GOOD.lower()}", 13831100007.0, "Chen@Demo.juxian.test ", "河北示范工程设计院", ""]

    values = judge(cells, HEADING, TODAY, trial=True).values

    assert values == {
        "name": "陈静", "id_number": GOOD, "mobile": "13831100007", "email": "Chen@demo.juxian.test",
        "employer": "河北示范工程设计院", "id_type": "citizen_id",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["", None, " ", "", ""], "blank_row"),
        (list(HEADINGS), "headings_again"),
        (["合计", "", "", "", "12"], "total_row"),
        (["总计：", None], "total_row"),
    ],
)
def test_a_row_that_is_nobody_is_told_as_such(cells: list[Any], code: str) -> None:
    assert [one.code for one in judge(cells, HEADING, TODAY, trial=True).troubles] == [code]


A, B = (
    Employer(UUID(int=number), employs=True, is_disabled=False, programmes=frozenset({PROGRAMME})) for number in (1, 2)
)
KNOWN = Known(UUID(int=3), "陈静", is_disabled=False, has_programme=False)


@pytest.mark.parametrize(
    ("twin", "meant", "known", "codes"),
    [
        (None, [A], None, []),
        (None, [A], KNOWN, []),
        (4, [A], None, ["id_number_twice"]),
        (4, [A], KNOWN._replace(has_programme=True), ["id_number_twice"]),
        (None, [A], KNOWN._replace(has_programme=True), ["already_imported"]),
        (None, [A], KNOWN._replace(name="李娜"), ["name_differs"]),
        (None, [A], KNOWN._replace(is_disabled=True), ["account_disabled"]),
        (None, [], None, ["employer_unknown"]),
        (None, [A, B], None, ["employer_ambiguous"]),
        (None, [A._replace(is_disabled=True)], None, ["employer_disabled"]),
        (None, [A._replace(is_disabled=True), B], None, []),
        (None, [A._replace(employs=False)], None, ["employer_is_office"]),
        (None, [A._replace(programmes=frozenset())], None, ["employer_elsewhere"]),
        (3, [], None, ["id_number_twice", "employer_unknown"]),
    ],
    ids=str,
)
def test_a_row_is_judged_against_the_others(
    twin: int | None, meant: list[Employer], known: Known | None, codes: list[str]
) -> None:
    assert [one.code for one in against("陈静", twin, meant, known, PROGRAMME)] == codes


def headed(*rows: list[Any]) -> tuple[dict[str, int] | None, list[str]]:
    """Where the columns are found, or what is wrong with the file."""
    heading, troubles = columns_of(Table(tuple((number, tuple(cells)) for number, cells in enumerate(rows, 1))))
    return (dict(heading.places) if heading else None), [one.code for one in troubles]


def test_columns_are_found_by_many_names_in_any_order_below_a_title() -> None:
    title = ["2026 年人员名单", "", ""]
    headings = ["序号", "手机号码", "姓　名", "工作单位（全称）", "E-mail", "身份证号*", "备注"]

    assert headed(title, headings) == ({"mobile": 1, "name": 2, "employer": 3, "email": 4, "id_number": 5}, [])


@pytest.mark.parametrize(
    ("headings", "codes"),
    [
        (["甲", "乙"], ["headings_missing"]),
        ([], ["headings_missing"]),
        (["姓名", "身份证号", "手机", "邮箱"], ["column_missing"]),
        ([*HEADINGS, "手机"], ["column_twice"]),
        ([*HEADINGS, "工资"], ["column_unknown"]),
        ([*HEADINGS, 7], ["column_unknown"]),
        ([*HEADINGS, *[""] * 50], ["too_many_columns"]),
        (["姓名", "性别", "手机"], ["column_missing"] * 3 + ["column_unknown"]),
    ],
    ids=str,
)
def test_a_file_with_wrong_columns_is_refused_as_a_whole(headings: list[Any], codes: list[str]) -> None:
    assert headed(headings) == (None, codes)


def test_there_are_more_than_forty_kinds_of_trouble() -> None:
    kinds = {*FILE, *CELLS, *PEOPLE, *AGAINST}

    assert len(kinds) == len(FILE) + len(CELLS) + len(PEOPLE) + len(AGAINST) == 60
