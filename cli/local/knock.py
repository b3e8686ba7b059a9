"""Asks a supervisor that runs, through its door: `juxian status` and `juxian workers`."""

import time
from dataclasses import dataclass
from typing import Any

from cli.local import alone
from cli.local.places import Places

LONGEST_STOP_SECONDS = 60.0


class NobodyHomeError(Exception):
    """No supervisor answers for this installation."""


@dataclass(frozen=True, slots=True)
class Running:
    """One process of a program as the supervisor sees it: memory in bytes, age in seconds."""

    program: str
    pid: int
    age: float
    memory: int


def processes(places: Places) -> list[Running]:
    """Every process of the platform, by program; a program that is down between two lives has none.

    Raises NobodyHomeError when nothing runs.
    """
    return [
        running
        for name in sorted(_ask(places, "list")["watchers"])
        for pid in _ask(places, "list", name=name)["pids"]
        if (running := _looked_at(name, int(pid))) is not None
    ]


def _looked_at(name: str, pid: int) -> Running | None:
    import psutil

    try:
        process = psutil.Process(pid)
        with process.oneshot():
            return Running(name, pid, time.time() - process.create_time(), process.memory_info().rss)
    except psutil.Error:
        return None


def programs(places: Places) -> dict[str, int]:
    """How many processes each program is meant to have."""
    names = _ask(places, "list")["watchers"]
    return {name: int(_ask(places, "numprocesses", name=name)["numprocesses"]) for name in sorted(names)}


def scale(places: Places, name: str, count: int) -> None:
    """Sets how many processes a program has; those in excess end their work first.

    While circus still ends others, this waits: a minute at most, then it raises NobodyHomeError.
    """
    until = time.monotonic() + LONGEST_STOP_SECONDS
    while True:
        try:
            _ask(places, "set", name=name, options={"numprocesses": count}, waiting=False)
        except NobodyHomeError as busy:
            if "already running" not in str(busy) or time.monotonic() > until:
                raise
            time.sleep(0.5)
        else:
            return


def _ask(places: Places, command: str, **properties: object) -> dict[str, Any]:
    from circus.client import CircusClient
    from circus.exc import CallError

    if not alone.is_held(places.run):
        raise NobodyHomeError
    client = CircusClient(endpoint=places.door, timeout=5.0)
    try:
        # Circus' own message builder names its first argument like one of the properties.
        answer: dict[str, Any] = client.call({"command": command, "properties": properties})
    except CallError as silence:
        raise NobodyHomeError(str(silence)) from silence
    finally:
        client.stop()
    if answer.get("status") != "ok":
        raise NobodyHomeError(answer.get("reason", ""))
    return answer
