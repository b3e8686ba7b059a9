"""The events process of one service: relay, listener and sweeper side by side, with a pulse that tells it lives."""

import asyncio
import contextlib
import signal

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from shared.kit import sending
from shared.kit.database import Database
from shared.kit.inbox import Hears
from shared.kit.jobs import AnyJob
from shared.kit.listener import Listener
from shared.kit.redis import connect
from shared.kit.relay import Relay
from shared.kit.stopping import end
from shared.kit.sweeper import Sweeper

PULSE = 5.0
READY_WITHIN = 15.0
log = structlog.get_logger(__name__)


async def run_events(service: str, database: Database, redis_url: str, hears: Hears, jobs: tuple[AnyJob, ...]) -> None:
    """Run until SIGTERM; an unexpected error ends the process with its traceback, and the supervisor starts it anew."""
    redis = connect(redis_url)
    sending.start(redis_url)
    relay, listener = Relay(database, redis, service), Listener(database, redis, service, hears)
    await _wait_for(database)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(relay.run()),
            group.create_task(listener.run()),
            group.create_task(Sweeper(database, redis, jobs).run()),
            group.create_task(_pulse(service, relay, listener, redis)),
        ]
        log.info("events_started", service=service)
        await stopped.wait()
        await end(tasks)
    await redis.aclose()
    await database.close()


async def _wait_for(database: Database) -> None:
    """Wait for the database: a process may start before what it depends on."""
    while not await database.is_ready():  # noqa: ASYNC110 - another process's state has no event to wait for
        await asyncio.sleep(0.3)


async def _pulse(service: str, relay: Relay, listener: Listener, redis: Redis) -> None:
    """Say in Redis that the loops turn, for the gateway's readiness."""
    loop = asyncio.get_running_loop()
    while True:
        fresh = loop.time() - READY_WITHIN
        if (listener.looped_at >= fresh or not listener.streams) or relay.looped_at >= fresh:
            with contextlib.suppress(RedisError, OSError):
                await redis.set(f"alive:events:{service}", "1", ex=30)
        await asyncio.sleep(PULSE)
