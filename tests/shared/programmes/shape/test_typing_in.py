"""What people type is made even, and what no text may hold is refused."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from shared.programmes.shape import Unfit
from shared.programmes.shape.typing_in import LONGEST, folded, is_blank, plain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  德城区 \u3000", "德城区"),
        ("\u200b\ufeff张伟\u200b", "张伟"),
        ("e\u0301cole", "école"),
        ("𠮷野家", "𠮷野家"),
        ("㛃䶮𬭊喆堃", "㛃䶮𬭊喆堃"),
        ("第２条", "第２条"),
    ],
)
def test_text_is_composed_and_trimmed_and_else_kept_as_typed(typed: str, kept: str) -> None:
    assert plain(typed) == kept


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x7f", "\x85", "\udfff", "\u202e", "\u2066", "\u2028", "\n", "\t"]
)
def test_a_character_that_no_text_may_hold_is_refused(character: str) -> None:
    with pytest.raises(Unfit) as refused:
        plain(f"张{character}伟")

    assert refused.value.code == "character_refused"
    assert refused.value.facts == {"character": f"U+{ord(character):04X}"}


def test_text_of_several_lines_keeps_its_line_ends_and_tabs() -> None:
    assert plain("一\r\n二\r三\t四\n", lines=True) == "一\n二\n三\t四"


@pytest.mark.parametrize("value", [1, True, 1.5, {"a": 1}, ["a"], b"a"])
def test_what_is_no_string_is_no_text(value: object) -> None:
    with pytest.raises(Unfit) as refused:
        plain(value)

    assert refused.value.code == "wrong_type"


def test_a_text_beyond_all_measure_is_refused_unread() -> None:
    with pytest.raises(Unfit) as refused:
        plain("长" * (LONGEST + 1))

    assert refused.value.code == "too_long"


def test_full_width_digits_letters_and_dashes_are_folded_and_blanks_drop_out() -> None:
    assert folded(" ３７１４－０２ １９９０ｘ ", keep=str.upper) == "3714-021990X"


@pytest.mark.parametrize(
    ("value", "blank"),
    [
        (None, True),
        ("", True),
        (" \u200b", True),
        ([], True),
        (False, False),
        (0, False),
        ({}, False),
        ("无", False),
    ],
)
def test_nothing_given_is_null_an_empty_list_or_no_visible_character(value: object, blank: bool) -> None:
    assert is_blank(value) is blank


@given(st.text())
def test_reading_a_text_twice_changes_nothing_more(typed: str) -> None:
    try:
        once = plain(typed)
    except Unfit:
        return

    assert plain(once) == once
    assert unicodedata.is_normalized("NFC", once)
