"""What stands on a paper, out of the lines that were read."""

from datetime import date

import pytest

from services.profile.scanning import facts
from services.profile.scanning.facts import Document
from services.profile.scanning.facts.mrz import check_digit
from services.profile.scanning.outcome import Box, Line
from tests.services.profile.scanning import papers
from tests.services.profile.scanning.papers import lines


def test_the_front_of_a_card() -> None:
    read = facts.card_front(papers.FRONT)

    assert read == facts.CardFront(
        "张伟", "1", "汉", date(1985, 4, 16), "山东省德州市德城区湖滨北路288号", papers.ID_NUMBER
    )


def test_the_back_of_a_card() -> None:
    assert facts.card_back(papers.BACK) == facts.CardBack("示例市公安局示例分局", date(2018, 5, 20), date(2038, 5, 20))
    assert facts.card_back(papers.LONG_TERM) == facts.CardBack("示例市公安局", date(2018, 5, 20), None, True)


def test_the_machine_lines_of_a_passport_with_their_check_digits() -> None:
    read = facts.machine_lines(papers.PASSPORT)

    assert read is not None
    assert (read.surname, read.given, read.number, read.nationality) == ("DOU", "MIN", "E12345678", "CHN")
    assert (read.born, read.sex, read.expires, read.checks) == ("710721", "F", "310630", True)
    wrong = facts.machine_lines(lines("E123456782CHN7107228F3106305<<<<<<<<<<<<<<04"))
    assert wrong is not None
    assert not wrong.checks


_SECOND = "E123456782CHN7107218F31063051234<<<<<<<<<<"


@pytest.mark.parametrize(
    ("line", "right", "personal"),
    [
        ("E123456782CHN7107218F3106305<<<<<<<<<<<<<<04", True, ""),
        ("E123456782CHN7107218F3106305<<<<<<<<<<<<<<<4", True, ""),
        ("E123456782CHN7107218F3106305<<<<<<<<<<<<<<05", False, ""),
        ("E123456782CHN7107218F3106305<<<<<<<<<<<04", True, ""),
        (f"{_SECOND}{check_digit('1234' + '<' * 10)}", True, "1234"),
        (f"{_SECOND}9", False, "1234"),
    ],
    ids=["empty with a digit", "empty with a filler", "composite wrong", "fillers lost", "personal", "personal wrong"],
)
def test_the_check_digits_of_the_personal_number_and_of_all(line: str, right: bool, personal: str) -> None:
    if personal:
        before = line[:10] + line[13:20] + line[21:43]
        line += check_digit(before)
    read = facts.machine_lines(lines(line))

    assert read is not None
    assert (read.checks, read.personal) == (right, personal)


def test_what_a_seal_wrote_among_the_address_does_not_belong_to_it() -> None:
    texts = (
        "姓名",
        "许欣娜",
        "民族满",
        "性别女",
        "出生 1990年1月2日",
        "住址",
        "山东省德州市东风",
        "路9号2单",
        "元1204室曲示",
    )
    card = [Line(text, 0.99, 1, Box(0.17, at / 12, 0.4, 0.05)) for at, text in enumerate(texts)]
    stamped = [*card[:8], Line("核验", 0.9, 1, Box(0.62, 0.6, 0.05, 0.05)), *card[8:], *lines(papers.ID_NUMBER)]

    read = facts.card_front(stamped)

    assert (read.name, read.ethnicity, read.address) == ("许欣娜", "满", "山东省德州市东风路9号2单元1204室")


@pytest.mark.parametrize(
    "rows",
    [
        ("姓", "魏伟瑞", "性别"),
        ("姓名☑魏伟瑞", "性别"),
        ("姓", "名魏伟瑞", "性别"),
        ("资格证书", "魏伟瑞", "性别", "男"),
    ],
)
def test_a_name_beside_a_label_that_was_read_in_part(rows: tuple[str, ...]) -> None:
    assert facts.certificate(lines(*rows, "男")).name == "魏伟瑞"


def test_a_year_behind_a_stain() -> None:
    assert [(found.year, found.month, found.day) for found in facts.dates_in(lines("02025年7月23日"))] == [
        (2025, 7, 23)
    ]


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (papers.DIPLOMA, ("张伟", "山东大学", "材料成型及控制工程", None, "104221200805012345")),
        (papers.DEGREE, ("张伟", "山东大学", "材料成型及控制工程", "工学学士", "1042242008012345")),
        (papers.TITLE, ("张伟", None, None, None, "鲁2019A0123456")),
    ],
)
def test_certificates(paper: list[Line], said: tuple[str | None, ...]) -> None:
    read = facts.certificate(paper)

    assert (read.name, read.school, read.major, read.degree, read.number) == said


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2022 年 11 月 8 日", [(2022, 11, 8)]),
        ("于2004年9月至2008年6月", [(2004, 9, None), (2008, 6, None)]),
        ("2018.05.20", [(2018, 5, 20)]),
        ("1971-07-21", [(1971, 7, 21)]),
        ("二〇二二年十一月二十八日", [(2022, 11, 28)]),
        ("２０２２年１月１日", [(2022, 1, 1)]),
        ("JB2022-2-118", []),
        ("2022年13月1日", []),
        ("371402198504162361", []),
    ],
)
def test_dates(text: str, days: list[tuple[int, int, int | None]]) -> None:
    assert [(found.year, found.month, found.day) for found in facts.dates_in(lines(text))] == days


@pytest.mark.parametrize(
    ("paper", "kinds"),
    [
        (papers.FRONT, {Document.CARD_FRONT}),
        (papers.BACK, {Document.CARD_BACK}),
        (papers.FRONT + papers.BACK, {Document.CARD_FRONT, Document.CARD_BACK}),
        (papers.PASSPORT, {Document.PASSPORT}),
        (papers.DIPLOMA, {Document.CERTIFICATE}),
        (lines("兹证明张伟在我单位工作"), set()),
    ],
)
def test_kinds_of_documents(paper: list[Line], kinds: set[Document]) -> None:
    assert facts.document(paper) == kinds


def test_a_number_read_with_letters_for_digits_is_still_one() -> None:
    misread = papers.ID_NUMBER.replace("0", "O")

    assert [number for number, _place in facts.citizen_numbers(lines(misread))] == [papers.ID_NUMBER]


def test_a_text_that_runs_over_into_the_next_line_is_found_where_it_begins() -> None:
    place = facts.find(lines("兹证明欧阳", "明月同志"), "欧阳明月")

    assert place is not None
    assert (place.box.x, place.box.width) == (0.4, 0.2)
