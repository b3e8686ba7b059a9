"""A worker process: Celery consumes queues, and each task runs one claimed row of a service's jobs on an event loop."""

import asyncio
import contextlib
import os
import socket
import threading
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import redis
import structlog
import uvloop
from celery import Celery, signals
from celery.beat import Scheduler
from sqlalchemy import text

from shared.kit import sending
from shared.kit.celery import application
from shared.kit.database import Database
from shared.kit.jobs import AnyJob, Beat
from shared.kit.running import run_job

PULSE = 5.0
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Trade:
    """What a worker needs to know of one service: its database, its jobs, what it does again and again."""

    database_url: str
    jobs: tuple[AnyJob, ...]
    schedule: tuple[Beat, ...]


class Loop:
    """An event loop in a thread of this very process: pool children fork, and each makes its own at first use."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._lock = threading.Lock()
        self._pid = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._databases: dict[str, Database] = {}

    def run(self, url: str, work: Callable[[Database], Coroutine[Any, Any, None]]) -> None:
        """Run the work against that database, and wait for its end."""
        with self._lock:
            if self._pid != os.getpid() or self._loop is None:
                self._loop = uvloop.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="loop", daemon=True).start()
                self._pid, self._databases = os.getpid(), {}
            database = self._databases.setdefault(url, Database(url, pool_size=10, statement_timeout=30_000))
        future = asyncio.run_coroutine_threadsafe(work(database), self._loop)
        try:
            future.result()
        except BaseException:
            future.cancel()
            raise


def worker(redis_url: str, trades: Iterable[Trade], queues: tuple[str, ...]) -> Celery:
    """Make the application of a worker that serves those queues of those services."""
    app, loop = application(redis_url, queues), Loop()
    for trade in trades:
        for job in trade.jobs:
            _take_on(app, job.table.job.name, partial(_run, loop, trade.database_url, job))
        for beat in trade.schedule:
            _take_on(app, beat.name, partial(_beat, loop, trade.database_url, beat))
    sending.start(redis_url)
    signals.worker_process_init.connect(lambda **_: sending.start(redis_url), weak=False)
    signals.worker_ready.connect(lambda **_: _start_pulse(redis_url, queues), weak=False)
    return app


def _take_on(app: Celery, name: str, run: Callable[..., None]) -> None:
    """Register a task; the broker's loss of a message is the sweeper's business, so it is never retried here."""

    def task(*given: object) -> None:
        """Do the work; Celery wants a plain function."""
        run(*given)

    app.task(name=name, acks_late=True, ignore_result=True)(task)


def _run(loop: Loop, url: str, job: AnyJob, row_id: object = None, *_: object) -> None:
    """Run one row; a message that names none is dropped."""
    try:
        identifier = UUID(str(row_id))
    except ValueError:
        log.warning("task_without_row", job=job.table.job.name)
        return
    loop.run(url, lambda database: run_job(database, job, identifier))


def _beat(loop: Loop, url: str, beat: Beat, *_: object) -> None:
    """Do what is due again and again, unless another worker is doing it now."""
    loop.run(url, lambda database: _alone(database, beat))


async def _alone(database: Database, beat: Beat) -> None:
    """Run a beat's action under an advisory lock of its name; a beat that finds it taken leaves."""
    async with database.engine.connect() as raw:
        connection = await raw.execution_options(isolation_level="AUTOCOMMIT")
        lock = {"name": f"beat:{beat.name}"}
        taken = await connection.execute(text("SELECT pg_try_advisory_lock(hashtext(:name))"), lock)
        if taken.scalar_one():
            try:
                await beat.run(database)
            finally:
                await connection.execute(text("SELECT pg_advisory_unlock(hashtext(:name))"), lock)


def _start_pulse(redis_url: str, queues: tuple[str, ...]) -> None:
    """Say in Redis every few seconds that these queues are served, for the gateway's readiness."""

    def beat() -> None:
        """Write the pulse until the process ends."""
        client = redis.Redis.from_url(redis_url, socket_timeout=5, socket_connect_timeout=2)
        node, rest = f"{socket.gethostname()}-{os.getpid()}", threading.Event()
        while True:
            with contextlib.suppress(redis.RedisError, OSError):
                for name in queues:
                    client.set(f"alive:queue:{name}:{node}", "1", ex=30)
            rest.wait(PULSE)

    threading.Thread(target=beat, name="pulse", daemon=True).start()


def beat(redis_url: str, schedule: Iterable[Beat]) -> Celery:
    """Make the application of the one beat: it sends by name, and knows no service."""
    app = application(redis_url)
    app.conf.beat_schedule = {
        entry.name: {"task": entry.name, "schedule": entry.every, "options": {"queue": entry.queue}}
        for entry in schedule
    }
    app.conf.beat_scheduler = Scheduler
    return app
