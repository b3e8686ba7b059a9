"""The inbox: hears streams, answers each event once, takes over what a dead hearer held, and lays aside what fails."""

import asyncio
import json
import os
import socket
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from pydantic import ValidationError
from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col

from shared.contracts.events import Event, read_event
from shared.kit import clock, logs
from shared.kit.columns import instant
from shared.kit.database import Database, Session
from shared.kit.deadletters import lay_aside, resolve
from shared.kit.faultpoints import fault_point
from shared.kit.relay import stream_of

Hears = Mapping[type[Any], Callable[[Session, Any], Awaitable[None]]]
Message = tuple[str, dict[str, str]]

IDLE = 30_000
"""Milliseconds after which a message of another hearer is taken over."""
DELIVERIES = 5
HANDLER_LIMIT = 10.0
FORGOTTEN = 3_600_000
"""Milliseconds after which the name of a hearer that holds nothing is dropped."""
log = structlog.get_logger(__name__)


class Inbox(SQLModel, table=True):
    """One event that this service has answered; written in the same transaction as the answer."""

    __tablename__ = "inbox"

    consumer: str = Field(primary_key=True)
    event_id: UUID = Field(primary_key=True)
    at: datetime = instant(default=True)


class Listener:
    """Hears the streams of the services whose events `hears` names, as one consumer group."""

    def __init__(self, database: Database, redis: Redis, service: str, hears: Hears) -> None:
        """Keep what is heard and by whom."""
        self.database, self.service, self.hears = database, service, hears
        self.redis: Any = redis  # redis-py's types of stream commands say less than its answers
        self.streams = sorted({stream_of(teller) for kind in hears for teller in kind.tellers})
        self.me = f"{service}-{socket.gethostname()}-{os.getpid()}"
        self.looped_at = 0.0
        self._claimed_at = 0.0

    async def run(self) -> None:
        """Listen for ever; a broker that is away or came back empty is met again with its groups made anew."""
        if not self.streams:
            return
        pause = 0.1
        while True:
            try:
                await self._join()
                pause = 0.1
                while True:
                    await self._round()
                    self.looped_at = asyncio.get_running_loop().time()
            except (RedisError, OSError) as error:
                log.warning("listener_without_broker", error=str(error)[:200])
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)

    async def _join(self) -> None:
        """Make the group on each stream, from its first message."""
        for stream in self.streams:
            try:
                await self.redis.xgroup_create(stream, self.service, id="0", mkstream=True)
            except ResponseError as error:
                if "BUSYGROUP" not in str(error):
                    raise

    async def _round(self) -> None:
        """Take over what others left, then wait a second for what is new."""
        now = asyncio.get_running_loop().time()
        if now - self._claimed_at > IDLE / 2000 or not self._claimed_at:
            for stream in self.streams:
                await self._take_over(stream)
            self._claimed_at = now
        fresh = await self.redis.xreadgroup(
            self.service, self.me, dict.fromkeys(self.streams, ">"), count=16, block=1000
        )
        for stream, messages in fresh or ():
            for message in messages:
                await self._answer(stream, message)

    async def _take_over(self, stream: str) -> None:
        """Lay aside what was delivered too often, claim the rest of what lies idle, and drop dead hearers' names."""
        pending = await self.redis.xpending_range(stream, self.service, "-", "+", 100, idle=IDLE)
        for entry in pending:
            if entry["times_delivered"] >= DELIVERIES:
                await self._bury(stream, str(entry["message_id"]), "failed too often", entry["times_delivered"])
        cursor = "0-0"
        while True:
            cursor, messages, *_ = await self.redis.xautoclaim(
                stream, self.service, self.me, IDLE, start_id=cursor, count=16
            )
            for message in messages:
                if message[1]:
                    await self._answer(stream, message)
            if cursor == "0-0":
                break
        for consumer in await self.redis.xinfo_consumers(stream, self.service):
            if consumer["pending"] == 0 and consumer["idle"] > FORGOTTEN and consumer["name"] != self.me:
                await self.redis.xgroup_delconsumer(stream, self.service, consumer["name"])

    async def _answer(self, stream: str, message: Message) -> None:
        """Answer one message; what cannot be read is laid aside at once, what fails stays pending."""
        stream_id, body = message
        logs.follow(body.get("request_id", ""))
        try:
            event_id, event = UUID(body["event_id"]), _read(body)
        except (LookupError, ValidationError, ValueError) as error:
            await self._bury(stream, stream_id, f"{type(error).__name__}: not readable", 1)
            return
        try:
            async with asyncio.timeout(HANDLER_LIMIT):
                if type(event) in self.hears:
                    await self.database.act(answer_once, self.service, self.hears, event_id, event)
        except RedisError:
            raise
        except Exception:
            log.exception("event_not_answered", type=body["type"], event_id=str(event_id))
            return
        fault_point("before_xack")
        await self.redis.xack(stream, self.service, stream_id)

    async def _bury(self, stream: str, stream_id: str, reason: str, deliveries: int) -> None:
        """Move a message to the dead letters, then acknowledge it."""
        found = await self.redis.xrange(stream, stream_id, stream_id)
        body = found[0][1] if found else {}
        await self.database.act(lay_aside, self.service, stream, stream_id, body, deliveries, reason)
        await self.redis.xack(stream, self.service, stream_id)


def _read(body: Mapping[str, str]) -> Event:
    """Build the event from a message; raises LookupError, ValidationError or ValueError."""
    payload = json.loads(body["payload"])
    if not isinstance(payload, dict):
        message = "the payload is no object"
        raise ValueError(message)  # noqa: TRY004 - unreadable like any other bad value
    return read_event(body["type"], int(body["v"]), payload)


async def answer_once(session: Session, service: str, hears: Hears, event_id: UUID, event: Event) -> None:
    """Note the event and have its effect, in one transaction; an event that is noted already changes nothing."""
    noted = await session.execute(
        insert(Inbox)
        .values(consumer=service, event_id=event_id, at=clock.now_sql())
        .on_conflict_do_nothing()
        .returning(col(Inbox.event_id))
    )
    handler = hears.get(type(event))
    if noted.first() is not None and handler is not None:
        await handler(session, event)


async def replay(session: Session, service: str, hears: Hears, row_id: UUID, by: str) -> bool:
    """Answer a dead event, and mark it as resolved by that operator; False when it was resolved before.

    Raises what the handler raises, or LookupError and ValidationError for one that still cannot be read: then nothing
    has changed.
    """
    body = await resolve(session, row_id, by)
    if body is None:
        return False
    await answer_once(session, service, hears, UUID(body["event_id"]), _read(body))
    return True
