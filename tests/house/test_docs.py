"""The life of a submission names functions that exist, and no page names what is not there."""

import ast
import re

import pytest

from tests.house.sources import ROOT

STEP = re.compile(r"`([\w/.-]+\.py): (\w+)`")
PLACE = re.compile(r"`((?:services|shared|cli|tests|docs|ops|bench)/[\w/.-]+\.\w+)[`:]")
PAGES = sorted((*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"))


def steps() -> list[tuple[str, str]]:
    """Every `file: function` of the life of a submission."""
    return STEP.findall((ROOT / "docs/life-of-a-submission.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("place", "function"), steps())
def test_every_function_on_the_way_exists(place: str, function: str) -> None:
    tree = ast.parse((ROOT / place).read_text(encoding="utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}

    assert function in names


def test_the_way_is_long_enough_to_be_the_whole_way() -> None:
    assert len(steps()) > 20


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_place_that_a_page_names_is_there(page: object) -> None:
    text = page.read_text(encoding="utf-8")  # type: ignore[attr-defined]  # a path

    assert [place for place in PLACE.findall(text) if not (ROOT / place).exists()] == []
