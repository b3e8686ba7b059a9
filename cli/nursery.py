"""Loads once what all processes of the platform share, and lets them start from there (the local run on Linux only).

Importing the web framework, the ORM and Celery costs each process more than a second of processor time, and there
are sixteen. This process has done it, and forks: the newborn takes the settings, the log and the name of the process
that it is to be, and becomes `python -m cli.processes …`. It is handed to the supervisor as its own child (Linux
gives an orphan to the nearest "subreaper", which the supervisor is): whoever looks sees a process like any other.

Only libraries and the kit are loaded here, nothing that starts a thread or reads settings.
"""

import contextlib
import ctypes
import gc
import json
import os
import runpy
import socket
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from cli.local.tether import become_program, wait_for

LOADED = (
    "fastapi", "uvicorn", "uvicorn.protocols.http.httptools_impl", "uvloop", "celery.bin.celery", "celery.apps.worker",
    "celery.apps.beat", "celery.worker.consumer", "kombu.transport.redis", "redis.asyncio", "aiohttp", "orjson",
    "sqlmodel", "sqlalchemy.ext.asyncio", "sqlalchemy.dialects.postgresql.psycopg", "psycopg", "alembic", "jinja2",
    "babel", "pydantic_settings", "structlog", "joserfc", "email_validator", "prometheus_client",
    "shared.contracts.events", "shared.programmes", "shared.kit.web", "shared.kit.events", "shared.kit.workers",
    "shared.kit.vault", "shared.kit.files", "shared.kit.calls", "shared.kit.letters",
)  # fmt: skip
REPARENTING_SECONDS = 5.0
# Where in /proc/self/stat, counted after the name, the addresses of the command line are.
ARG_START, ARG_END = 45, 46
FILLER = ("-X", "born=")


def load() -> None:
    """Loads what is shared. Whatever cannot be loaded is left to the processes, who say what is wrong."""
    gc.disable()
    for name in LOADED:
        with contextlib.suppress(ImportError):
            import_module(name)
    gc.freeze()


def listen(address: str) -> socket.socket:
    """Opens the door at which the supervisor asks for processes."""
    with contextlib.suppress(FileNotFoundError):
        Path(address).unlink()
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    door.bind(address)
    door.listen(64)
    return door


def serve(door: socket.socket) -> dict[str, Any]:
    """Answers each order with a process; returns, in the newborn alone, with the order that it is to fulfil."""
    while True:
        line, _ = door.accept()
        with line:
            order = _read(line)
            if order is None:
                continue
            middle = os.fork()
            if middle == 0:
                if os.fork() != 0:
                    os._exit(0)
                door.close()
                _arrive(line, order)
                return order
            os.waitpid(middle, 0)


def _read(line: socket.socket) -> dict[str, Any] | None:
    """The order, one line of JSON; None when whoever asked has gone."""
    with line.makefile("r", encoding="utf-8") as words:
        text = words.readline()
    return json.loads(text) if text.endswith("\n") else None


def _arrive(line: socket.socket, order: dict[str, Any]) -> None:
    """Waits until the supervisor is the parent, and tells it the process id."""
    until = time.monotonic() + REPARENTING_SECONDS
    while os.getppid() != order["parent"]:
        if time.monotonic() > until:
            os._exit(1)
        time.sleep(0.001)
    os.setsid()
    line.sendall(f"{os.getpid()}\n".encode())


def fulfil(order: dict[str, Any]) -> None:
    """Becomes the process of the order: its settings, its log, its folder, its name; then runs its module."""
    argv = order["argv"]
    take_name(argv)
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    wait_for(order)
    become_program(order)
    gc.enable()
    sys.argv = argv[2:]
    runpy.run_module(argv[2], run_name="__main__", alter_sys=True)


def take_name(argv: Sequence[str]) -> None:
    """Writes `argv` over the command line that the kernel shows (the memory between two addresses, proc(5)).

    It cannot become shorter: what is left is filled with an option that means nothing to Python.
    """
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    start, end = int(fields[ARG_START]), int(fields[ARG_END])
    left = end - start - len(_joined(argv))
    if left >= len(_joined(FILLER)):
        argv = [argv[0], FILLER[0], FILLER[1] + "." * (left - len(_joined(FILLER))), *argv[1:]]
    ctypes.memmove(start, _joined(argv)[: end - start - 1].ljust(end - start, b"\0"), end - start)


def _joined(words: Sequence[str]) -> bytes:
    return b"".join(os.fsencode(word) + b"\0" for word in words)


def main(address: str) -> None:
    """Loads, listens, and in each newborn fulfils its order."""
    load()
    fulfil(serve(listen(address)))


if __name__ == "__main__":
    main(sys.argv[1])
