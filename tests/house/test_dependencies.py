"""What the programs import is what pyproject.toml names, and the locks hold it with hashes and without hosts."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.house.sources import ROOT, modules

OURS = {"cli", "services", "shared", "tests", "bench"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def plain(requirement: str) -> str:
    """The normalized name of a distribution (PEP 503), without extras, version and marker."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


def imported(*trees: str) -> set[str]:
    """The names of the third-party packages that modules import, wherever in them."""
    found = set()
    for path in modules(*trees):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - OURS - sys.stdlib_module_names


def unnamed(packages: set[str], requirements: list[str]) -> set[str]:
    """The packages that come from no distribution among the requirements."""
    named = {plain(requirement) for requirement in requirements}
    origins = packages_distributions()
    return {package for package in packages if not {plain(each) for each in origins.get(package, [])} & named}


def test_what_the_platform_imports_is_named() -> None:
    assert unnamed(imported("services", "shared", "cli"), PROJECT["dependencies"]) == set()


def test_what_the_tests_import_is_named() -> None:
    named = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    assert unnamed(imported("tests", "bench"), named) == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^(\S+)==\S+(?: ;.*?)? \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[^\s#]", text, re.MULTILINE))
    assert re.findall(r"://|^-", text, re.MULTILINE) == []


@pytest.mark.parametrize(("lock", "extra"), [(LOCKS[0], None), (LOCKS[1], "dev")])
def test_everything_named_is_pinned(lock: str, extra: str | None) -> None:
    named = PROJECT["dependencies"] + (PROJECT["optional-dependencies"][extra] if extra else [])
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = {plain(name) for name in re.findall(r"^(\S+)==", text, re.MULTILINE)}
    assert {plain(requirement) for requirement in named} - pinned == set()


def test_both_locks_agree() -> None:
    base, dev = ((ROOT / lock).read_text(encoding="utf-8") for lock in LOCKS)
    pins = [dict(re.findall(r"^(\S+?)==(\S+)", text, re.MULTILINE)) for text in (base, dev)]
    assert {name: pins[1].get(name) for name in pins[0]} == pins[0]
