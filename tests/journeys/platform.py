"""The whole platform as `juxian up` starts it, on ports and in a folder of its own."""

import os
import signal
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tests.servers import free_port

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Everything here is plain HTTP on loopback; reading the system's certificates for it would take longest."""
READY_WITHIN = 240.0
STOPPED_WITHIN = 60.0
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Platform:
    """A running platform: where it answers, and the processes that it is made of."""

    url: str
    data: Path
    runner_id: int
    runner: "subprocess.Popen[bytes] | None" = None

    def processes(self, *words: str) -> list[psutil.Process]:
        """The processes whose command line holds these words in that order, e.g. ("events", "review")."""
        found = []
        for process in psutil.Process(self.runner_id).children(recursive=True):
            try:
                line = process.cmdline()
            except psutil.Error:
                continue
            if "cli.processes" in line and line[line.index("cli.processes") + 1 :][: len(words)] == list(words):
                found.append(process)
        return found

    def kill(self, *words: str) -> None:
        """Kill such a process by SIGKILL, with no warning."""
        victims = self.processes(*words)
        assert victims, f"no process runs {words}"
        victims[0].kill()

    def stop(self) -> int:
        """Stop as Ctrl-C does; gives the exit code."""
        assert self.runner is not None, "not ours to stop"
        self.runner.send_signal(signal.SIGINT)
        return self.runner.wait(STOPPED_WITHIN)


def start(data: Path, **settings: str) -> Platform:
    """Start the platform and wait until it is ready."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUXIAN_")}
    environment = {**kept, "JUXIAN_PORT": str(port), "JUXIAN_DATA_DIR": str(data), "JUXIAN_CAPTCHA": "off", **settings}
    said = data.parent / f"{data.name}.log"
    with said.open("wb") as log:
        runner = subprocess.Popen(
            [sys.executable, "-m", "cli", "up"],
            cwd=ROOT, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    platform = Platform(f"http://localhost:{port}", data, runner.pid, runner)
    try:
        wait_until(lambda: is_ready(platform), READY_WITHIN, "ready")
    except AssertionError as error:
        platform.stop()
        raise AssertionError(f"{error}\n{said.read_text(encoding='utf-8')[-3000:]}") from error
    return platform


def running_at(place: str) -> Platform:
    """A platform that somebody started before: `url,data folder,process id of its runner`."""
    url, data, pid = place.split(",")
    return Platform(url, Path(data), int(pid))


def is_ready(platform: Platform) -> bool:
    """Whether /readyz says so; a runner that has ended never will."""
    assert platform.runner is None or platform.runner.poll() is None, "the runner ended"
    try:
        return httpx.get(f"{platform.url}/readyz", timeout=5, verify=NO_TLS).status_code == 200
    except httpx.TransportError:
        return False


def wait_until(condition: "object", seconds: float, what: str) -> None:
    """Ask until the condition holds, `seconds` at most; fails naming what was waited for."""
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]  # a function without arguments
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.1)
