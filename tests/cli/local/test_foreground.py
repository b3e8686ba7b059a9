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
from tests.cli.local.waiting import until

# Each process is one that waits; the gateway says that it is ready.
STAND_INS = """
import sys
from dataclasses import replace
from cli.local import foreground, programs, up

GATEWAY = '''
import http.server, sys
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"{}")
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
'''
def platform(installation):
    for program in programs.platform(installation):
        code = GATEWAY if program.name == "gateway" else "import time; time.sleep(600)"
        yield replace(program, argv=(sys.executable, "-c", code, str(installation.port)))
up.platform = platform
up.migrations.pending = lambda environment: {}
sys.exit(foreground.start(tied="--tied" in sys.argv))
"""


@dataclass
class Runner:
    """A runner in another process, and what it has said."""

    process: subprocess.Popen[str]
    output: Path

    def said(self) -> str:
        return self.output.read_text()


@pytest.fixture
async def runner(installation: Installation, tmp_path: Path) -> AsyncIterator[Runner]:
    output = tmp_path / "output"
    environment = {
        **installation.said, "PYTHONPATH": str(CHECKOUT), "JUXIAN_DEMO": "off",
        "JUXIAN_PORT": str(installation.ports["mailbox"]), "COLUMNS": "200",
    }  # fmt: skip
    with output.open("w") as file:
        process = subprocess.Popen(  # noqa: ASYNC220 - killed below
            [sys.executable, "-c", STAND_INS], env=environment, stdout=file, stderr=subprocess.STDOUT, text=True
        )
    runner = Runner(process, output)
    await until(lambda: "Ctrl-C stops" in runner.said() or process.poll() is not None, "it is up")
    yield runner
    process.kill()
    process.wait()


def children(runner: Runner) -> list[psutil.Process]:
    return list(psutil.Process(runner.process.pid).children())


async def test_it_ends_its_start_with_the_addresses(runner: Runner, installation: Installation) -> None:
    assert runner.process.poll() is None, runner.said()
    assert f"http://localhost:{installation.ports['mailbox']}/dev/mailbox" in runner.said()
    assert "juxian accounts create-admin" in runner.said()


async def test_every_process_of_the_platform_runs_under_its_name(runner: Runner, installation: Installation) -> None:
    # Five services, four of them with events, the beat, two servers, and the workers of the second assertion.
    assert len(children(runner)) == 16
    logs = installation.places.logs
    workers = {"worker-mail", "worker-mail-urgent", "worker-scans", "worker-desk"}
    await until(lambda: {log.stem for log in logs.glob("worker-*.log")} == workers, "each writes its log")


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
