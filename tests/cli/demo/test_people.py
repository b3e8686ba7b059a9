"""Invented people have numbers that check and agree with what is said of them."""

from datetime import date

import pytest

from cli.demo.people import DEMO, Person, citizen_number, invented
from shared.programmes.facts import citizen_id

EVERYBODY = [*DEMO.values(), *(invented(seed) for seed in range(40))]


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.id_number)
def test_a_number_checks_and_agrees_with_its_person(person: Person) -> None:
    assert citizen_id.fault(person.id_number) is None
    assert citizen_id.birth_date(person.id_number) == person.born_on
    assert citizen_id.gender(person.id_number) == person.gender
    assert person.gender_said in {"男", "女"}
    assert not person.ethnicity_said.endswith("族")


def test_the_same_seed_is_the_same_person_and_another_is_another() -> None:
    assert invented(7) == invented(7)
    assert len({invented(seed).id_number for seed in range(200)}) == 200


@pytest.mark.parametrize(("gender", "number"), [("1", "371471199001010015"), ("2", "371471199001010007")])
def test_a_sequence_is_odd_for_men_and_even_for_women(gender: str, number: str) -> None:
    assert citizen_number("371471", date(1990, 1, 1), gender, 0)[:17] == number[:17]


def test_an_address_lies_in_the_region() -> None:
    assert invented(1, "371471").address.startswith("山东省德州市天衢新区")
    assert invented(1, "371400").address.startswith("山东省德州市")
