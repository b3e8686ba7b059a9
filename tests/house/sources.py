"""Where the project's own Python modules are, for the tests of the house."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREES = ("services", "shared", "cli", "tests", "bench")
SERVICES = ("gateway", "auth", "profile", "review", "notify")


@cache
def modules(*trees: str) -> tuple[Path, ...]:
    """Every module of those trees (all of ours when none is named), migrations' revisions left out."""
    found = (path for tree in trees or TREES for path in sorted((ROOT / tree).rglob("*.py")))
    return tuple(path for path in found if "versions" not in path.parts and "vendor" not in path.parts)


def calls_of(name: str, *trees: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a function of that name."""
    for path in modules(*trees):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield path, node


def said(path: Path) -> str:
    """A path as a failing test should name it."""
    return str(path.relative_to(ROOT))
