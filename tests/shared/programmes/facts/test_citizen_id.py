"""The citizen's number: its form, its birth date, its check digit; never its address."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from shared.programmes.facts import citizen_id

NUMBER = "37140219900307751" + citizen_id.check_digit("37140219900307751")


def test_the_check_digit_is_that_of_the_standards_own_example() -> None:
    # GB 11643-1999, appendix A: 11010519491231002X and 440524188001010014.
    assert citizen_id.check_digit("11010519491231002") == "X"
    assert citizen_id.check_digit("44052418800101001") == "4"


def test_a_number_tells_birth_date_and_gender() -> None:
    assert citizen_id.birth_date(NUMBER) == date(1990, 3, 7)
    assert (citizen_id.gender(NUMBER), citizen_id.gender("37140219900307752X")) == ("1", "2")


@pytest.mark.parametrize("region", ["371402", "371403", "371471", "371421", "810000", "000000", "999999"])
def test_an_address_is_never_a_reason_to_refuse(region: str) -> None:
    body = f"{region}19880512003"

    assert citizen_id.fault(body + citizen_id.check_digit(body)) is None


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (NUMBER[:-1], "id_number_length"),
        (NUMBER + "1", "id_number_length"),
        ("X" + NUMBER[1:], "id_number_form"),
        ("371402199002307518", "id_number_birth_date"),
        ("440524188001010014", "id_number_birth_date"),
        ("371402000000007518", "id_number_birth_date"),
        (NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"), "id_number_checksum"),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong(number: str, code: str) -> None:
    assert citizen_id.fault(number) == code


@given(st.from_regex(r"[0-9]{17}", fullmatch=True), st.integers(0, 16))
def test_one_wrong_digit_is_always_found(body: str, at: int) -> None:
    check = citizen_id.check_digit(body)
    slipped = body[:at] + str((int(body[at]) + 1) % 10) + body[at + 1 :]

    assert citizen_id.check_digit(slipped) != check
