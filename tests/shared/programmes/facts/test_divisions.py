"""Divisions, and Dezhou's above all."""

import pytest

from shared.programmes.facts import divisions
from shared.programmes.shape import Words


def test_dezhou_has_eleven_counties_and_one_zone_that_works_like_one() -> None:
    assert {county.value: county.title.zh for county in divisions.counties_of("371400")} == {
        "371402": "德城区",
        "371403": "陵城区",
        "371422": "宁津县",
        "371423": "庆云县",
        "371424": "临邑县",
        "371425": "齐河县",
        "371426": "平原县",
        "371427": "夏津县",
        "371428": "武城县",
        "371471": "天衢新区",
        "371481": "乐陵市",
        "371482": "禹城市",
    }


@pytest.mark.parametrize(("division", "city"), [("371402", "371400"), ("371471", "371400"), ("371400", "371400")])
def test_a_division_knows_its_city(division: str, city: str) -> None:
    assert divisions.city_of(division) == city


def test_a_division_has_a_name_in_both_languages() -> None:
    assert divisions.name_of("371471") == Words("天衢新区", "Tianqu New Area")
    with pytest.raises(KeyError):
        divisions.name_of("999999")
