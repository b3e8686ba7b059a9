"""The relay: puts the outbox's rows on the service's stream, in order, and again when the broker lost them."""

import asyncio
import json
from datetime import timedelta
from typing import Any, Self

import psycopg
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import bindparam, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from shared.contracts.refusals import Unavailable
from shared.kit import clock, dispatch
from shared.kit.database import Database, Session
from shared.kit.faultpoints import fault_point
from shared.kit.locks import LockLostError, only_one
from shared.kit.outbox import Outbox
from shared.kit.redis import KEY_PREFIX, run_id

POLL = 0.2
BATCH = 100
TIDY_EVERY = 3600.0
WINDOW = timedelta(hours=24)
KEPT = timedelta(days=7)
PLACED = (
    update(Outbox)
    .where(col(Outbox.id) == bindparam("row"))
    .values(published_at=clock.now_sql(), stream_id=bindparam("place"))
)
log = structlog.get_logger(__name__)


def stream_of(teller: str) -> str:
    """The stream that a service tells on."""
    return f"ev:{teller}"


class Relay:
    """Publishes one service's outbox; one relay is active, others wait for its lock."""

    def __init__(self, database: Database, redis: Redis, teller: str) -> None:
        """Keep where rows come from and where they go."""
        self.database, self.stream = database, stream_of(teller)
        self.redis: Any = redis  # redis-py's types of stream commands say less than its answers
        self.known_run_id: str | None = None
        self.looped_at = 0.0

    async def run(self) -> None:
        """Publish for ever; a database or broker that is away is asked again, with growing pauses."""
        while True:
            try:
                async with (
                    only_one(self.database, "relay"),
                    Doorbell(self.database.url) as bell,
                    self.redis.pubsub(ignore_subscribe_messages=True) as rings,
                ):
                    await self._serve(bell, rings)
            except (LockLostError, DBAPIError, psycopg.Error, Unavailable, OSError) as error:
                log.warning("relay_without_database", error=type(error).__name__)
                await asyncio.sleep(1.0)

    async def _serve(self, bell: "Doorbell", rings: Any) -> None:  # noqa: ANN401 - redis-py's subscription
        """Publish whenever the outbox holds something; look for losses each second, tidy each hour.

        Who tells rings, and the relay looks at once; it looks by itself all the same, for a ring is no promise.
        """
        pause, checked, tidied = POLL, 0.0, 0.0
        loop = asyncio.get_running_loop()
        while True:
            try:
                if loop.time() - checked > 1.0:
                    await self._look_for_losses()
                    checked = loop.time()
                if loop.time() - tidied > TIDY_EVERY:
                    await self._tidy()
                    tidied = loop.time()
                moved = await self.publish() if await bell.rings() else 0
                self.looped_at, pause = loop.time(), POLL
                if moved < BATCH:
                    await self._await_ring(rings)
                continue
            except (RedisError, OSError) as error:
                pause = min(max(pause * 2, 0.1), 2.0)
                log.warning("relay_without_broker", error=type(error).__name__)
            await asyncio.sleep(pause)

    async def _await_ring(self, rings: Any) -> None:  # noqa: ANN401 - as above
        """Wait for somebody who has told, as long as a look may wait; rings that came meanwhile count as one."""
        if not rings.subscribed:
            await rings.subscribe(KEY_PREFIX + dispatch.bell_of(self.database.url))
        if await rings.get_message(timeout=POLL) is not None:
            while await rings.get_message(timeout=0.0) is not None:
                pass

    async def publish(self) -> int:
        """Put the next rows on the stream and note where; gives how many."""
        async with self.database.transaction() as session:
            rows = await _waiting(session)
            if not rows:
                return 0
            async with self.redis.pipeline(transaction=False) as pipe:
                for row in rows:
                    pipe.xadd(self.stream, envelope(row))
                stream_ids = await pipe.execute()
            fault_point("after_xadd")
            placed = [{"row": row.id, "place": place} for row, place in zip(rows, stream_ids, strict=True)]
            await (await session.connection()).execute(PLACED, placed)
            return len(rows)

    async def _look_for_losses(self) -> None:
        """When the broker is another process than before, publish again what its stream no longer holds."""
        present = await run_id(self.redis)
        if present != self.known_run_id:
            lost = await self._missing()
            if lost:
                log.warning("events_published_again", stream=self.stream, count=len(lost))
                async with self.database.transaction() as session:
                    await session.execute(
                        update(Outbox).where(col(Outbox.id).in_(lost)).values(published_at=None, stream_id=None)
                    )
            self.known_run_id = present

    async def _missing(self) -> list[int | None]:
        """The rows of the last day that the stream does not hold."""
        async with self.database.transaction() as session:
            rows = (
                await session.execute(
                    select(col(Outbox.id), col(Outbox.stream_id), col(Outbox.event_id))
                    .where(col(Outbox.published_at) > clock.now_sql() - WINDOW)
                    .order_by(col(Outbox.id))
                )
            ).all()
        held: dict[str, Any] = {}
        for start in range(0, len(rows), 500):
            part = rows[start : start + 500]
            async with self.redis.pipeline(transaction=False) as pipe:
                for _, stream_id, _ in part:
                    pipe.xrange(self.stream, stream_id, stream_id)
                for (row_id, _, event_id), found in zip(part, await pipe.execute(), strict=True):
                    if found and found[0][1].get("event_id") == str(event_id):
                        held[str(row_id)] = True
        return [row_id for row_id, _, _ in rows if str(row_id) not in held]

    async def _tidy(self) -> None:
        """Drop rows that are a week old, and trim the stream to what some group may still need."""
        async with self.database.transaction() as session:
            await session.execute(
                text("DELETE FROM outbox WHERE published_at < juxian_now() - make_interval(secs => :kept)"),
                {"kept": KEPT.total_seconds()},
            )
        bounds = [int(clock.wall().timestamp() - WINDOW.total_seconds()) * 1000]
        for group in await self.redis.xinfo_groups(self.stream) if await self.redis.exists(self.stream) else ():
            bounds.append(int(str(group["last-delivered-id"]).split("-")[0]))
            pending = await self.redis.xpending(self.stream, group["name"])
            if pending["pending"]:
                bounds.append(int(str(pending["min"]).split("-")[0]))
        await self.redis.xtrim(self.stream, minid=min(bounds), approximate=True)


class Doorbell:
    """Asks whether the outbox holds anything: one prepared statement on a plain connection."""

    def __init__(self, url: str) -> None:
        """Keep where the outbox is."""
        self.url = url.replace("+psycopg", "", 1)

    async def __aenter__(self) -> Self:
        """Connect."""
        self.connection = await psycopg.AsyncConnection.connect(
            self.url, autocommit=True, prepare_threshold=0, connect_timeout=3, application_name="relay"
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Give the connection back."""
        await self.connection.close()

    async def rings(self) -> bool:
        """Whether an event waits."""
        found = await self.connection.execute("SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1")
        return await found.fetchone() is not None


async def _waiting(session: Session) -> list[Outbox]:
    """The rows not yet on the stream, locked; chosen by that alone, so that none that commits late is skipped."""
    statement = (
        select(Outbox)
        .where(col(Outbox.published_at).is_(None))
        .order_by(col(Outbox.id))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    return list((await session.execute(statement)).scalars())


def envelope(row: Outbox) -> dict[Any, Any]:
    """What travels: the event's id, name and version, and its payload as JSON."""
    return {
        "event_id": str(row.event_id),
        "type": row.type,
        "v": str(row.v),
        "request_id": row.request_id,
        "payload": json.dumps(row.payload, ensure_ascii=False, separators=(",", ":")),
    }
