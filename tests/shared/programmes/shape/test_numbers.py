"""Numbers as people type them and as JSON sends them."""

import json

import pytest

from shared.programmes.shape import Unfit
from shared.programmes.shape.numbers import exact, whole


@pytest.mark.parametrize(("typed", "kept"), [(3, 3), ("3", 3), (" ０３ ", 3), (3.0, 3), ("-2", -2), ("+7", 7)])
def test_whole_numbers_are_read(typed: object, kept: int) -> None:
    assert whole(typed) == kept
    assert type(whole(typed)) is int


@pytest.mark.parametrize(
    "typed",
    [
        True,
        False,
        3.5,
        "3.5",
        "三",
        "1e5",
        "0x10",
        "",
        "9" * 5000,
        float("nan"),
        float("inf"),
        1e300,
        None,
        [1],
        "١",
    ],
)
def test_what_is_no_whole_number_is_refused(typed: object) -> None:
    with pytest.raises(Unfit) as refused:
        whole(typed)

    assert refused.value.code == "wrong_type"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (30, 30),
        (30.0, 30),
        (30.5, 30.5),
        ("30.50", 30.5),
        ("1,200.5", 1200.5),
        ("１２．５", 12.5),
        ("0.000001", 0.000001),
        (999_999_999.123456, 999_999_999.123456),
        (-0.0, 0),
    ],
)
def test_amounts_are_read_exactly(typed: object, kept: float) -> None:
    assert exact(typed) == kept
    assert json.loads(json.dumps(exact(typed))) == kept


@pytest.mark.parametrize(
    "typed",
    [
        True,
        "12万",
        "1e5",
        "NaN",
        "Infinity",
        float("nan"),
        float("inf"),
        -float("inf"),
        1e300,
        10**30,
        None,
        [1],
        "1.2.3",
    ],
)
def test_what_is_no_amount_is_refused(typed: object) -> None:
    with pytest.raises(Unfit) as refused:
        exact(typed)

    assert refused.value.code == "wrong_type"


@pytest.mark.parametrize("typed", [0.1 + 0.2, "0.1234567", 1e-9])
def test_more_than_six_decimal_places_are_refused(typed: object) -> None:
    with pytest.raises(Unfit) as refused:
        exact(typed)

    assert refused.value.code == "too_many_decimals"
