"""Processes that are born with everything loaded."""

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import nursery
from cli.local import programs, tether
from cli.local.birth import Nursery
from cli.local.places import CHECKOUT
from cli.local.program import Program
from tests.cli.local.waiting import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands orphans on")

NEWBORN = """
import os, sys, gc
from shared.kit.ids import new_id
print(new_id(), sorted(name for name in os.environ if name != "LC_CTYPE"), os.getcwd(), sys.argv[1:], gc.isenabled(),
      sys.stdin.read() == "", sep="|", flush=True)
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    tether.adopt_orphans()
    folder = tmp_path_factory.mktemp("n")
    (folder / "newborn.py").write_text(NEWBORN)
    environment = {**os.environ, "PYTHONPATH": f"{CHECKOUT}:{folder}"}
    words = [sys.executable, "-m", "cli.nursery", str(folder / "door"), programs.ROOM]
    process = subprocess.Popen(words, env=environment, cwd=CHECKOUT)
    yield folder / "door"
    process.kill()
    process.wait()
    tether.leave_orphans()


def newborn(log: Path, *words: str) -> Program:
    return Program("newborn", (sys.executable, "-m", "newborn", *words), log, folder=log.parent, can_be_born=True)


async def test_a_newborn_has_its_own_settings_folder_and_words(address: Path, tmp_path: Path) -> None:
    home = Nursery(address)
    await until(home.is_open, "the nursery has loaded")
    children = [home.bear(newborn(tmp_path / "log", "worker", "notify.mail"), {"JUXIAN_X": "1"}) for _ in range(2)]
    await until(lambda: all(child is not None and child.poll() is not None for child in children), "both have ended")
    assert [child.returncode for child in children if child is not None] == [0, 0]
    lines = [line.split("|") for line in (tmp_path / "log").read_text().splitlines()]
    assert [line[1:] for line in lines] == [
        ["['JUXIAN_X']", str(tmp_path), "['worker', 'notify.mail']", "True", "True"]
    ] * 2
    # Chance is not inherited: siblings draw their own.
    assert len({line[0] for line in lines}) == 2


async def test_an_error_of_a_newborn_is_its_exit_code(address: Path, tmp_path: Path) -> None:
    home = Nursery(address)
    await until(home.is_open, "the nursery has loaded")
    program = Program("x", (sys.executable, "-m", "nowhere"), tmp_path / "log", folder=tmp_path, can_be_born=True)
    child = home.bear(program, {})
    assert child is not None
    await until(lambda: child.poll() is not None, "it has ended")
    assert child.returncode == 1
    assert "No module named nowhere" in (tmp_path / "log").read_text()


def test_without_a_nursery_there_are_no_births(tmp_path: Path) -> None:
    assert Nursery(tmp_path / "door").bear(newborn(tmp_path / "log"), {}) is None


@pytest.mark.parametrize("name", nursery.LOADED)
def test_everything_that_it_loads_is_there(name: str) -> None:
    assert importlib.util.find_spec(name) is not None
