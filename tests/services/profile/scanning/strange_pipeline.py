"""A pipeline whose purpose says what goes wrong in the child that runs it."""

import errno
import json
import os
import signal
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path

from services.profile.scanning.outcome import Cleaned, Outcome


def prepare() -> None:
    """Nothing needs to be loaded."""


def run(source: Path, target: Path, purpose: str) -> Outcome:
    """Go wrong in the way that is asked for, or tell what this process can see."""
    wrong: dict[str, Callable[[], object]] = {
        "endless loop": _loop,
        "memory without end": lambda: bytearray(4 << 30),
        "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
        "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
        "processor time used up": lambda: os.kill(os.getpid(), signal.SIGXCPU),
        "exit": lambda: os._exit(3),
        "silence": lambda: os._exit(0),
        "fault of ours": lambda: 1 // 0,
        "disk full": _full,
        "huge file": lambda: (target / "huge").write_bytes(bytes(200 << 20)),
        "endless answer": lambda: _talk(b"x" * (9 << 20)),
        "nonsense": lambda: _talk(b'{"status": "fine"}'),
        "wait": partial(_wait, source, target / "started"),
        "litter": (target / "litter").touch,
    }
    if purpose in wrong:
        wrong[purpose]()
    if purpose == "litter":
        return Outcome("rejected")
    (target / "seen").write_text(json.dumps(_seen(source)))
    return Outcome("ready", cleaned=Cleaned(target / "seen", "image/jpeg"))


def _loop() -> None:
    while True:
        pass


def _full() -> None:
    raise OSError(errno.ENOSPC, "no space left on device")


def _talk(data: bytes) -> None:
    """Say something else than an outcome, on the pipe that is the last descriptor."""
    os.write(_descriptors()[-1], data)
    os._exit(0)


def _wait(source: Path, started: Path) -> None:
    """Wait for ever, unless the file says something else by now."""
    if source.read_bytes() == b"wait":
        started.touch()
        signal.pause()


def _seen(source: Path) -> dict[str, object]:
    """What the world looks like from in here."""
    return {
        "environment": dict(os.environ),
        "descriptors": len(_descriptors()),
        "source": source.read_bytes().decode(),
        "accounts": _readable(Path("/etc/passwd")),
        "upload beside": _readable(source.with_name("beside")),
        "interfaces": [name for _number, name in socket.if_nameindex()],
        "network": _connects(),
    }


def _descriptors() -> list[int]:
    found = []
    for number in range(1024):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return found


def _readable(path: Path) -> bool:
    try:
        return bool(path.read_bytes())
    except OSError:
        return False


def _connects() -> bool:
    try:
        with socket.create_connection(("127.0.0.1", 1), timeout=1):
            return True
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
