"""docs/security.md tells of every attack, and names only places, functions and tests that there are."""

import ast
import re
from functools import cache

import pytest

from tests.house.sources import ROOT

TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ATTACKS, BARS = 68, 10
# How many sections each chapter of OWASP ASVS 5.0 has.
SECTIONS = dict(enumerate((5, 4, 7, 4, 4, 8, 6, 4, 2, 7, 7, 3, 4, 3, 4, 5, 3), 1))
ROW = re.compile(r"^\| ((?:A|S|V)[\d.]+)(?: to V([\d.]+))? ?([^|]*)\|(.*)\|$", re.MULTILINE)
STEP = re.compile(r"`([\w/.-]+\.py): (\w+)`")
PLACE = re.compile(r"`((?:services|shared|cli|tests|docs|ops|bench)/[\w/.-]+\.\w+|compose\.yaml|\.env\.example)[`:]")


@cache
def names_in(place: str) -> frozenset[str]:
    """The functions and classes of a module."""
    tree = ast.parse((ROOT / place).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))


def rows(letter: str) -> list[tuple[str, str]]:
    """Ids and text of the rows whose ids begin so."""
    return [(found[1], found[4]) for found in ROW.finditer(TEXT) if found[1].startswith(letter)]


def test_every_attack_and_every_bar_has_its_row() -> None:
    assert [name for name, _ in rows("A")] == [f"A{number}" for number in range(1, ATTACKS + 1)]
    assert [name for name, _ in rows("S")] == [f"S{number}" for number in range(1, BARS + 1)]


def test_every_section_of_the_standard_has_its_row() -> None:
    told: list[str] = []
    for found in ROW.finditer(TEXT):
        if found[1].startswith("V"):
            chapter, first = found[1][1:].split(".")
            last = (found[2] or f"{chapter}.{first}").split(".")[1]
            told += [f"{chapter}.{section}" for section in range(int(first), int(last) + 1)]

    assert told == [f"{chapter}.{section}" for chapter, count in SECTIONS.items() for section in range(1, count + 1)]


@pytest.mark.parametrize(("name", "text"), rows("A"), ids=[name for name, _ in rows("A")])
def test_every_attack_is_shown_to_be_answered(name: str, text: str) -> None:
    answered, shown = text.rsplit("|", 1)

    assert answered.strip()
    assert [place for place, _ in STEP.findall(shown) if place.startswith(("tests/", "bench/"))]


@pytest.mark.parametrize(("place", "function"), sorted(set(STEP.findall(TEXT))))
def test_every_function_that_is_named_exists(place: str, function: str) -> None:
    assert function in names_in(place)


def test_every_place_that_is_named_exists() -> None:
    assert [place for place in PLACE.findall(TEXT) if not (ROOT / place).exists()] == []
