"""The processes of the platform, by the names that they have everywhere: here, in compose, in a cluster."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["web", "events", "worker", "beat"]


@dataclass(frozen=True, slots=True)
class Process:
    """One process: what it is, whose settings it needs, and the words after `python -m cli.processes`."""

    name: str
    kind: Kind
    services: tuple[str, ...]
    words: tuple[str, ...]


# Each queue has a worker of its own, named after it.
QUEUES = {
    "worker-mail": "notify.mail",
    "worker-mail-urgent": "notify.mail_urgent",
    "worker-scans": "profile.scans",
    "worker-documents": "profile.documents",
    "worker-imports": "auth.imports",
    "worker-clock": "review.clock",
}
# On one machine these three share a process, unless JUXIAN_WORKERS=apart: they are seldom at work.
SHARED = ("worker-documents", "worker-imports", "worker-clock")
DESK = "worker-desk"

WEB = ("gateway", "auth", "profile", "review", "notify")
TELLERS = ("auth", "profile", "review", "notify")


def roster(*, apart: bool) -> tuple[Process, ...]:
    """Every process of the platform; with `apart` a worker of its own for each queue."""
    return (*_web(), *_events(), *_workers(apart=apart), Process("beat", "beat", TELLERS, ("beat",)))


def _web() -> Iterable[Process]:
    return (Process(name, "web", (name,), ("web", name)) for name in WEB)


def _events() -> Iterable[Process]:
    return (Process(f"{name}-events", "events", (name,), ("events", name)) for name in TELLERS)


def _workers(*, apart: bool) -> Iterable[Process]:
    for name, queue in QUEUES.items():
        if apart or name not in SHARED:
            yield _worker(name, queue)
    if not apart:
        yield _worker(DESK, *(QUEUES[name] for name in SHARED))


def _worker(name: str, *queues: str) -> Process:
    services = tuple(dict.fromkeys(queue.partition(".")[0] for queue in queues))
    return Process(name, "worker", services, ("worker", *queues))
