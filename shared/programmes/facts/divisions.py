"""Administrative divisions (GB/T 2260): six digits, of which two name the province and four the city."""

from functools import cache

from shared.programmes.facts.codes import code_list
from shared.programmes.shape.words import Choice, Words


def divisions() -> tuple[Choice, ...]:
    """Every division that we know, in the order of its code."""
    return code_list("divisions").choices


def name_of(division: str) -> Words:
    """The division's name; KeyError for one that we do not know."""
    return _names()[division]


def city_of(division: str) -> str:
    """The city that a county, a zone or the city itself belongs to: 371402 -> 371400."""
    return division[:4] + "00"


def counties_of(city: str) -> tuple[Choice, ...]:
    """The counties, districts and zones of a city, itself left out."""
    return tuple(one for one in divisions() if city_of(one.value) == city and one.value != city)


@cache
def _names() -> dict[str, Words]:
    return {division.value: division.title for division in divisions()}
