"""Dates as people write them."""

import pytest

from shared.programmes.shape import Unfit
from shared.programmes.shape.dates import written


@pytest.mark.parametrize(
    "typed",
    [
        "2010-09-01", "2010-9-1", "2010/09/01", "2010.9.1", "20100901", "2010年9月1日", "2010年09月1", "2010-09",
        "201009", "2010.9", "2010/9", "2010年9月", " ２０１０年９月 ", "２０１０－０９－０１",
        "2010—09—01", "2010 - 09 - 01",
    ],
)  # fmt: skip
def test_one_day_is_written_in_many_ways(typed: str) -> None:
    assert written(typed).isoformat() == "2010-09-01"


@pytest.mark.parametrize(
    "typed",
    [
        "2010",
        "2010-13",
        "2010-02-30",
        "2010-00-01",
        "2010-09/01",
        "20109",
        "昨天",
        "10-09-01",
        "2010-09-01T00:00",
        "٢٠١٠-٠٩-٠١",
    ],
)
def test_what_no_calendar_has_is_no_date(typed: str) -> None:
    with pytest.raises(Unfit) as refused:
        written(typed)

    assert refused.value.code == "not_a_date"


@pytest.mark.parametrize("typed", ["1899-12-31", "2101-01-01", "0001-01-01", "9999-12-31"])
def test_years_beyond_a_life_are_refused(typed: str) -> None:
    with pytest.raises(Unfit) as refused:
        written(typed)

    assert refused.value.code == "out_of_range"


@pytest.mark.parametrize("value", [20100901, 2010.9, True, ["2010-09-01"]])
def test_a_date_is_text(value: object) -> None:
    with pytest.raises(Unfit) as refused:
        written(value)

    assert refused.value.code == "wrong_type"
