"""`juxian up` as a process of its own, with dummies in place of the platform's processes."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from cli.local.environment import Installation
from cli.local.places import CHECKOUT
from cli.local.roster import roster
from tests.cli.local.waiting import until

STAND_INS = """
import sys
from dataclasses import replace
from cli.local import foreground, programs, up

def platform(installation):
    for program in programs.platform(installation):
        module = (sys.executable, "-m", "tests.cli.local.standin")
        yield replace(program, argv=(*module, program.name, str(installation.port)))
up.platform = platform
up.migrations.pending = lambda environment: {}
sys.exit(foreground.start(tied="--tied" in sys.argv))
"""


BORN = pytest.mark.parametrize("runner", ["on"], indirect=True)


@dataclass
class Runner:
    """A runner in another process, and what it has said."""

    process: subprocess.Popen[str]
    output: Path

    def said(self) -> str:
        return self.output.read_text()


@pytest.fixture
async def runner(installation: Installation, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Runner]:
    """A runner that is up; processes are born in the nursery for a test that asks for it, else started anew."""
    output = tmp_path / "output"
    environment = {
        **installation.said, "PYTHONPATH": str(CHECKOUT), "JUXIAN_DEMO": "off",
        "JUXIAN_PORT": str(installation.ports["mailbox"]), "COLUMNS": "200",
        "JUXIAN_NURSERY": getattr(request, "param", "off"),
    }  # fmt: skip
    with output.open("w") as file:
        process = subprocess.Popen(  # noqa: ASYNC220 - killed below
            [sys.executable, "-c", STAND_INS], env=environment, stdout=file, stderr=subprocess.STDOUT, text=True
        )
    runner = Runner(process, output)
    try:
        await until(lambda: "Ctrl-C stops" in runner.said() or process.poll() is not None, "it is up")
        yield runner
    finally:
        process.kill()
        process.wait()


def children(runner: Runner) -> list[psutil.Process]:
    return list(psutil.Process(runner.process.pid).children())


async def test_it_ends_its_start_with_the_addresses(runner: Runner, installation: Installation) -> None:
    assert runner.process.poll() is None, runner.said()
    assert f"http://localhost:{installation.ports['mailbox']}/dev/mailbox" in runner.said()
    assert "juxian accounts create-admin" in runner.said()


async def test_every_process_of_the_platform_runs_under_its_name(runner: Runner, installation: Installation) -> None:
    # Five services, four of them with events, the beat, two servers, and the workers named below.
    assert len(children(runner)) == 16
    logs = installation.places.logs
    workers = {"worker-mail", "worker-mail-urgent", "worker-scans", "worker-desk"}
    await until(lambda: {log.stem for log in logs.glob("worker-*.log")} == workers, "each writes its log")


@BORN
async def test_each_shows_its_own_command_line(runner: Runner, installation: Installation) -> None:
    words = {_words(child)[5] for child in children(runner) if "tests.cli.local.standin" in _words(child)}
    assert words == {process.name for process in roster(apart=False)}


@BORN
async def test_a_killed_process_is_born_again(runner: Runner) -> None:
    (beat,) = [child for child in children(runner) if child.cmdline()[5:6] == ["beat"]]
    beat.kill()

    def again() -> list[int]:
        return [child.pid for child in children(runner) if _words(child)[5:6] == ["beat"]]

    await until(lambda: again() not in ([], [beat.pid]), "it is back")


def _words(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


async def test_its_state_can_be_asked(runner: Runner, installation: Installation) -> None:
    told = subprocess.run(  # noqa: ASYNC221 - it ends at once
        [sys.executable, "-m", "cli", "status", "--json"], cwd=CHECKOUT, env=dict(installation.said),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    state = json.loads(told.stdout)
    assert state["ready"] is True
    assert [program["name"] for program in state["programs"] if len(program["processes"]) != program["meant"]] == []
    pids = {process["pid"] for program in state["programs"] for process in program["processes"]}
    assert pids == {child.pid for child in children(runner)}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_stops_cleanly(runner: Runner, number: signal.Signals) -> None:
    left = children(runner)
    runner.process.send_signal(number)
    await until(lambda: runner.process.poll() is not None, "it has ended")
    assert runner.process.returncode == 0, runner.said()
    assert [process for process in left if process.is_running()] == []


async def test_it_starts_again_after_it_was_killed(runner: Runner, installation: Installation) -> None:
    runner.process.kill()
    runner.process.wait()
    again = subprocess.Popen(  # noqa: ASYNC220 - ended below
        [sys.executable, "-c", STAND_INS],
        env={**os.environ, **_environment(installation)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert again.stdout is not None
    lines = []
    with again.stdout:
        while line := again.stdout.readline():
            lines.append(line)
            if "Ctrl-C stops" in line:
                break
        again.send_signal(signal.SIGINT)
        again.stdout.read()
    assert again.wait() == 0, "".join(lines)
    assert "Ctrl-C stops" in lines[-1], "".join(lines)


def _environment(installation: Installation) -> dict[str, str]:
    said = dict(installation.said)
    return {**said, "JUXIAN_DEMO": "off", "JUXIAN_PORT": str(installation.ports["mailbox"])}


async def test_a_second_one_says_how_to_start_beside_the_first(runner: Runner, installation: Installation) -> None:
    second = subprocess.run(  # noqa: ASYNC221 - it ends at once
        [sys.executable, "-m", "cli", "up"], cwd=CHECKOUT, check=False,
        env={**os.environ, **_environment(installation), "COLUMNS": "200"}, capture_output=True, text=True,
    )  # fmt: skip
    assert second.returncode == 1
    assert f"(process {runner.process.pid})" in second.stdout
    assert "JUXIAN_DATA_DIR=.data-2" in second.stdout
