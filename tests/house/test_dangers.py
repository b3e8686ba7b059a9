"""What is dangerous is done in few places, each known here: markup by hand, cookies, tables named in statements."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from tests.house.sources import ROOT, modules, said

MARKUP = {
    "services/gateway/portal/admin/announcements.py",  # what notify has cleaned
    "services/gateway/portal/choices.py",  # escaped by format
    "services/gateway/portal/drawing.py",  # escaped by format
    "services/gateway/portal/experts.py",  # escaped by hand, for a script block of data
    "services/gateway/portal/public/announcements.py",  # what notify has cleaned
}
ENVIRONMENTS = {"services/gateway/portal/drawing.py", "shared/kit/letters.py"}
"""Where templates are read: both escape by themselves."""
UNESCAPED = re.compile(
    r"\|\s*safe\b|\{%-?\s*autoescape\s+false|\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write"
)
OUR_OWN_PAGES = {
    "services/gateway/static/js/admin.js",  # a preview that notify has cleaned
    "services/gateway/static/js/applicant.js",  # a part of a page that the portal has drawn
}
DANGEROUS = {"pickle", "marshal", "shelve", "dill", "xml", "telnetlib", "ftplib", "random"}
HARMLESS = {
    ("services/profile/scanning/reading/faces.py", "xml.etree"),  # a file of OpenCV's own
    ("shared/kit/database.py", "random"),  # how long to wait before another try
}
SEEDED = ("cli/demo/", "cli/local/")
"""Chance that protects nothing: invented people, pauses."""


Node = TypeVar("Node", bound=ast.AST)


@cache
def parsed(path: Path) -> tuple[ast.AST, ...]:
    """The calls and imports of a module."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return tuple(node for node in tree if isinstance(node, ast.Call | ast.Import | ast.ImportFrom))


def nodes(path: Path, kind: type[Node]) -> Iterator[Node]:
    """Those of one kind."""
    return (node for node in parsed(path) if isinstance(node, kind))


def naming(*names: str) -> set[str]:
    """The modules in which one of these functions or classes is called."""
    found = set()
    for path in modules("services", "shared", "cli"):
        if any(isinstance(node.func, ast.Name) and node.func.id in names for node in nodes(path, ast.Call)):
            found.add(said(path))
    return found


def test_markup_is_made_by_hand_in_known_places_alone() -> None:
    assert naming("Markup") == MARKUP


def test_templates_are_read_where_they_are_escaped() -> None:
    assert naming("Environment", "ImmutableSandboxedEnvironment") == ENVIRONMENTS
    for name in ENVIRONMENTS:
        assert "autoescape=" in (ROOT / name).read_text(encoding="utf-8")


def test_no_template_and_no_script_takes_text_for_markup() -> None:
    ours = [path for tree in ("services", "shared") for path in (ROOT / tree).rglob("*") if "vendor" not in path.parts]
    files = [path for path in ours if path.suffix in {".html", ".txt", ".js", ".css"}]

    assert {said(path) for path in files if UNESCAPED.search(path.read_text(encoding="utf-8"))} == OUR_OWN_PAGES
    assert len(files) > 50


def test_cookies_are_made_in_one_place() -> None:
    makers = {
        said(path)
        for path in modules("services", "shared")
        if "set-cookie" in path.read_text(encoding="utf-8").lower()
        or ".set_cookie(" in path.read_text(encoding="utf-8")
    }

    assert makers == {"services/gateway/actions/cookies.py"}


def test_nothing_reads_what_could_run_and_nothing_secret_comes_by_chance() -> None:
    found = set()
    for path in modules("services", "shared", "cli"):
        names = [alias.name for node in nodes(path, ast.Import) for alias in node.names]
        names += [node.module for node in nodes(path, ast.ImportFrom) if node.module]
        found |= {(said(path), name) for name in names if name.partition(".")[0] in DANGEROUS}

    assert {one for one in found if one[1] != "random" or not one[0].startswith(SEEDED)} == HARMLESS
