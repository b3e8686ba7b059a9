"""The house stays small and says what each of its rooms is for."""

import ast
import statistics
import subprocess
import sys

from tests.house.sources import ROOT, modules, said

LONGEST = 250
MEDIAN = 75
NO_ROOMS = {"helpers", "utils", "util", "common", "manager", "misc"}


def test_every_module_opens_with_a_line_that_says_what_it_is() -> None:
    silent = [
        said(path)
        for path in modules()
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_no_module_is_longer_than_a_reader_bears() -> None:
    lengths = {said(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_most_modules_fit_a_screen() -> None:
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in modules("services", "shared", "cli")]

    assert statistics.median(lengths) <= MEDIAN


def test_no_room_is_a_junk_drawer() -> None:
    assert [said(path) for path in modules() if path.stem in NO_ROOMS or NO_ROOMS & set(path.parts)] == []


def test_imports_keep_to_the_order_of_the_rooms() -> None:
    linted = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert linted.returncode == 0, linted.stdout[-3000:] + linted.stderr[-1000:]
