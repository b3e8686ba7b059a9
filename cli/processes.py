"""Starts one process of the platform: a web door, the events of a service, a worker of some queues, or the beat."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from shared.contracts.identity import SERVICES
from shared.kit import logs
from shared.kit.database import Database

TELLERS = tuple(name for name in SERVICES if name != "gateway")
PREFORK = frozenset({"profile.scans"})
THREADS = 8
SWITCH = 0.0005
"""Seconds after which a thread that computes lets another have its turn: letters pass through four threads."""


def main(arguments: list[str] | None = None) -> None:
    """Read what to start, and become it."""
    parser = argparse.ArgumentParser(prog="python -m cli.processes", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    door = kinds.add_parser("web")
    door.add_argument("name", choices=SERVICES)
    door.add_argument("--host", default="127.0.0.1")
    door.add_argument("--port", type=int, required=True)
    kinds.add_parser("events").add_argument("name", choices=TELLERS)
    crew = kinds.add_parser("worker")
    crew.add_argument("queues", nargs="+")
    crew.add_argument("--concurrency", type=int)
    kinds.add_parser("beat")
    given = parser.parse_args(arguments)
    sys.setswitchinterval(SWITCH)
    starts: dict[str, Callable[[argparse.Namespace], None]] = {
        "web": web, "events": events, "worker": worker, "beat": beat,
    }  # fmt: skip
    starts[given.kind](given)


def settings_of(name: str) -> Any:  # noqa: ANN401 - each service has a class of its own
    """The settings of a service."""
    return import_module(f"services.{name}.settings").settings()


def web(given: argparse.Namespace) -> None:
    """Serve one service's web application, or the gateway."""
    import uvicorn  # noqa: PLC0415 - other processes do without

    settings = settings_of(given.name)
    logs.configure(given.name, settings.log_level)
    uvicorn.run(
        f"services.{given.name}.app:build",
        factory=True,
        host=given.host,
        port=given.port,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=given.name == "gateway",
        proxy_headers=False,
        timeout_keep_alive=65 if given.name != "gateway" else 30,
        timeout_graceful_shutdown=20,
        h11_max_incomplete_event_size=32_768,
        ws="none",
        # The public door gives a request's head its own limits of time and size.
        http="services.gateway.app:Doorstep" if given.name == "gateway" else "auto",
    )


def events(given: argparse.Namespace) -> None:
    """Relay, hear and sweep for one service."""
    import uvloop  # noqa: PLC0415 - workers do without

    from shared.kit.events import run_events  # noqa: PLC0415 - as above

    settings = settings_of(given.name)
    logs.configure(f"{given.name}-events", settings.log_level)
    hears = import_module(f"services.{given.name}.events").HEARS
    jobs = import_module(f"services.{given.name}.tasks").JOBS
    database = Database(settings.database_url, pool_size=8)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run_events(given.name, database, settings.redis_url, hears, jobs))


def worker(given: argparse.Namespace) -> None:
    """Consume queues; those of scans in a pool of processes, every other in threads."""
    from shared.kit.workers import Trade, worker as make  # noqa: PLC0415 - web doors do without

    names = sorted({queue.partition(".")[0] for queue in given.queues})
    trades = [
        Trade(settings_of(name).database_url, tasks.JOBS, tasks.SCHEDULE)
        for name in names
        for tasks in (import_module(f"services.{name}.tasks"),)
    ]
    settings = settings_of(names[0])
    logs.configure(f"worker:{','.join(given.queues)}", settings.log_level)
    is_prefork = bool(PREFORK & set(given.queues))
    pool, size = ("prefork", 1) if is_prefork else ("threads", THREADS if "notify.mail" in given.queues else 4)
    app = make(settings.redis_url, trades, tuple(given.queues))
    served = ["--queues", ",".join(given.queues), "--concurrency", str(given.concurrency or size)]
    app.worker_main(
        ["worker", "--pool", pool, *served, "--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
    )


def beat(_given: argparse.Namespace) -> None:
    """Send what every service does again and again."""
    from shared.kit.workers import beat as make  # noqa: PLC0415 - as above

    schedule = [entry for name in TELLERS for entry in import_module(f"services.{name}.tasks").SCHEDULE]
    settings = settings_of(TELLERS[0])
    logs.configure("beat", settings.log_level)
    app = make(settings.redis_url, schedule)
    app.Beat(loglevel="WARNING").run()


if __name__ == "__main__":
    main()
