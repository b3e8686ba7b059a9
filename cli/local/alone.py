"""One runner an installation, and nothing left over from one that was killed."""

import contextlib
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

# Each program of an installation carries this in its environment, with the installation's mark.
MARK = "JUXIAN_RUN"


class AlreadyRunningError(Exception):
    """Another runner has this installation in hand."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Holds the installation's lock, which the kernel gives back however this process ends.

    Raises AlreadyRunningError with the other runner's process id.
    """
    with (folder / "lock").open("a+") as lock:
        lock.seek(0)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError(lock.read().strip()) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def is_held(folder: Path) -> bool:
    """True when a runner has the installation in hand."""
    try:
        with held(folder):
            return False
    except AlreadyRunningError:
        return True


def holder(folder: Path) -> int | None:
    """The runner's process id; None where there is none."""
    try:
        with held(folder):
            return None
    except AlreadyRunningError as other:
        return int(str(other)) if str(other).isdecimal() else None


def end(folder: Path, pid: int, patience: float = 90.0) -> bool:
    """Tell a runner to stop everything, and wait until it has; False where it takes longer than `patience` seconds."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + patience
    while is_held(folder):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def end_leftovers(mark: str, patience: float = 20.0) -> int:
    """Ends the programs of a runner that was killed, and tells how many there were.

    The kernel has told them already where it can (see tether). Servers are asked first, the rest is killed.
    """
    import psutil

    left = list(_marked(mark))
    for process in left:
        try:
            process.send_signal(signal.SIGINT if process.name() in {"postgres", "valkey-server"} else signal.SIGKILL)
        except psutil.Error:
            continue
    _, stubborn = psutil.wait_procs(left, timeout=patience)
    for process in stubborn:
        process.kill()
    return len(left)


def _marked(mark: str) -> Iterator["psutil.Process"]:
    import psutil

    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and process.environ().get(MARK) == mark:
                yield process
        except (psutil.Error, OSError):
            continue
