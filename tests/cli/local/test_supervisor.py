"""The supervisor brings back what dies, stops in order, and leaves no orphans."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from cli.local import alone, knock, logs
from cli.local.environment import Installation
from cli.local.places import CHECKOUT
from cli.local.program import Program
from cli.local.programs import marked
from cli.local.supervisor import Supervisor
from tests.cli.local.waiting import until

# Ends on SIGTERM after it has said so; says something in Chinese first.
POLITE = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (print("再见", flush=True), sys.exit(0)))
print("你好", flush=True)
while True: time.sleep(60)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"


def program(installation: Installation, name: str, code: str, grace: float = 15) -> Program:
    log = installation.places.logs / f"{name}.log"
    return marked(installation, Program(name=name, argv=(sys.executable, "-c", code), log=log, grace=grace))


def written(installation: Installation, name: str) -> list[str]:
    log = installation.places.logs / f"{name}.log"
    return log.read_text().splitlines() if log.exists() else []


async def test_a_killed_program_comes_back(installation: Installation, supervisor: Supervisor) -> None:
    await supervisor.start([program(installation, "dummy", POLITE)])
    await until(lambda: written(installation, "dummy") == ["你好"], "it has started")
    (first,) = supervisor.pids()["dummy"]

    os.kill(first, signal.SIGKILL)

    await until(lambda: written(installation, "dummy") == ["你好", "你好"], "it has started again")
    assert supervisor.pids()["dummy"] != [first]


async def test_a_stop_lets_a_program_end_its_work(installation: Installation, supervisor: Supervisor) -> None:
    await supervisor.start([program(installation, "dummy", POLITE)])
    await until(lambda: written(installation, "dummy") == ["你好"], "it has started")

    await supervisor.drop(["dummy"])

    assert written(installation, "dummy") == ["你好", "再见"]
    assert supervisor.pids() == {}


async def test_a_program_that_does_not_listen_is_killed(installation: Installation, supervisor: Supervisor) -> None:
    await supervisor.start([program(installation, "deaf", DEAF, grace=0.2)])
    await until(lambda: written(installation, "deaf") == ["deaf"], "it has started")
    (pid,) = supervisor.pids()["deaf"]

    await supervisor.drop(["deaf"])

    assert not psutil.pid_exists(pid)


async def test_what_dies_again_and_again_is_named_once(installation: Installation, supervisor: Supervisor) -> None:
    await supervisor.start([program(installation, "broken", "raise SystemExit('no database')")])
    told: list[list[str]] = []

    def noticed() -> bool:
        told.append(supervisor.struggling())
        return told[-1] != []

    await until(noticed, "it is noticed")
    assert told[-1] == ["broken"]
    assert supervisor.struggling() == []
    assert logs.tail(installation.places.logs / "broken.log", 1) == "no database"


async def test_workers_are_scaled_through_the_door(installation: Installation, supervisor: Supervisor) -> None:
    await supervisor.start([program(installation, "worker-scans", POLITE)])

    scaling = await _juxian(installation, "workers", "scale", "scans=3")
    assert scaling.splitlines()[0].startswith("worker-scans: 3")
    await until(lambda: len(supervisor.pids()["worker-scans"]) == 3, "there are three")

    await _juxian(installation, "workers", "scale", "worker-scans=1")
    await until(lambda: len(supervisor.pids()["worker-scans"]) == 1, "there is one")


async def _juxian(installation: Installation, *words: str) -> str:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "cli", *words, cwd=CHECKOUT, env=dict(installation.said), stdout=subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    return output.decode()


def test_nobody_answers_where_nothing_runs(installation: Installation) -> None:
    with pytest.raises(knock.NobodyHomeError):
        knock.processes(installation.places)


ORPHANING = """
import asyncio, sys
from pathlib import Path
from cli.local.environment import Installation
from cli.local.supervisor import Supervisor
from tests.cli.local.test_supervisor import DEAF, POLITE, program
async def main():
    installation = Installation.here()
    supervisor = Supervisor(installation.places.door, installation.places.logs / "supervisor.log")
    await supervisor.open()
    await supervisor.start([program(installation, "polite", POLITE), program(installation, "deaf", DEAF)])
    print(*(pid for pids in supervisor.pids().values() for pid in pids), flush=True)
    await asyncio.sleep(600)
asyncio.run(main())
"""


async def test_programs_end_with_a_supervisor_that_is_killed(installation: Installation) -> None:
    environment = {**installation.said, "PYTHONPATH": str(CHECKOUT)}
    runner = subprocess.Popen([sys.executable, "-c", ORPHANING], env=environment, stdout=subprocess.PIPE, text=True)  # noqa: ASYNC220 - it is killed below
    assert runner.stdout is not None
    with runner.stdout:
        pids = [int(word) for word in runner.stdout.readline().split()]
        runner.kill()
        runner.wait()
    if sys.platform != "linux":
        alone.end_leftovers(installation.places.mark)
    await until(lambda: not any(_alive(pid) for pid in pids), "both have ended")
    assert len(pids) == 2


def _alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


async def test_leftovers_of_a_killed_runner_are_ended(installation: Installation, supervisor: Supervisor) -> None:
    await supervisor.start([program(installation, "deaf", DEAF)])
    await until(lambda: written(installation, "deaf") == ["deaf"], "it has started")

    assert alone.end_leftovers("another-installation") == 0
    assert alone.end_leftovers(installation.places.mark) == 1


def test_a_second_runner_of_one_installation_is_told_who_holds_it(tmp_path: Path) -> None:
    with (
        alone.held(tmp_path),
        pytest.raises(alone.AlreadyRunningError, match=f"^{os.getpid()}$"),
        alone.held(tmp_path),
    ):
        pass


def test_a_large_log_is_copied_away_and_emptied(tmp_path: Path) -> None:
    log = tmp_path / "gateway.log"
    for words in ("first", "second", "third", "fourth"):
        log.write_text(words)
        logs.rotate(tmp_path, largest=3)
    found = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert found == {
        "gateway.log": "", "gateway.log.1": "fourth", "gateway.log.2": "third", "gateway.log.3": "second",
    }  # fmt: skip
