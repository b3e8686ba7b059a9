"""The listener: hears streams, takes over what a dead hearer held, and lays aside what cannot be answered."""

import asyncio
import os
import socket
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from pydantic import ValidationError
from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from shared.kit import logs
from shared.kit.database import Database
from shared.kit.deadletters import lay_aside
from shared.kit.faultpoints import fault_point
from shared.kit.inbox import Heard, Hears, answer, read
from shared.kit.relay import stream_of

Message = tuple[str, dict[str, str]]

AT_ONCE = 32
"""Messages answered in one transaction where so many wait: a third of the work of one transaction each."""
IDLE = 30_000
"""Milliseconds after which a message of another hearer is taken over."""
DELIVERIES = 5
HANDLER_LIMIT = 10.0
FORGOTTEN = 3_600_000
"""Milliseconds after which the name of a hearer that holds nothing is dropped."""
log = structlog.get_logger(__name__)


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
        self._failures: dict[tuple[str, str], str] = {}  # of what is pending, by stream and place

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
            self.service, self.me, dict.fromkeys(self.streams, ">"), count=AT_ONCE, block=1000
        )
        for stream, messages in fresh or ():
            await self._answer(stream, messages)

    async def _take_over(self, stream: str) -> None:
        """Lay aside what was delivered too often, claim the rest of what lies idle, and drop dead hearers' names."""
        pending = await self.redis.xpending_range(stream, self.service, "-", "+", 100, idle=IDLE)
        for entry in pending:
            if entry["times_delivered"] >= DELIVERIES:
                stream_id = str(entry["message_id"])
                why = self._failures.pop((stream, stream_id), "in another process")
                await self._bury(stream, stream_id, f"failed too often: {why}", entry["times_delivered"])
        cursor = "0-0"
        while True:
            cursor, messages, *_ = await self.redis.xautoclaim(
                stream, self.service, self.me, IDLE, start_id=cursor, count=AT_ONCE
            )
            await self._answer(stream, [message for message in messages if message[1]])
            if cursor == "0-0":
                break
        for consumer in await self.redis.xinfo_consumers(stream, self.service):
            if consumer["pending"] == 0 and consumer["idle"] > FORGOTTEN and consumer["name"] != self.me:
                await self.redis.xgroup_delconsumer(stream, self.service, consumer["name"])

    async def _answer(self, stream: str, messages: Sequence[Message]) -> None:
        """Answer messages together; where that fails each by itself, so that none holds up its neighbours.

        What cannot be read is laid aside at once, what fails stays pending.
        """
        heard: dict[str, Heard] = {}
        for stream_id, body in messages:
            try:
                heard[stream_id] = read(body)
            except (LookupError, ValidationError, ValueError, RecursionError) as error:
                logs.follow(body.get("request_id", ""))
                await self._bury(stream, stream_id, f"{type(error).__name__}: not readable", 1)
        if len(heard) == 1 or not await self._try(stream, heard, is_last=False):
            for stream_id, one in heard.items():
                await self._try(stream, {stream_id: one}, is_last=True)

    async def _try(self, stream: str, heard: Mapping[str, Heard], *, is_last: bool) -> bool:
        """Answer all of these or none; whether it went well. Only the last try of an event is told as a failure."""
        if not heard:
            return True
        try:
            async with asyncio.timeout(HANDLER_LIMIT):
                await self.database.act(answer, self.service, self.hears, tuple(heard.values()))
        except RedisError:
            raise
        except Exception as error:
            if is_last:
                ((stream_id, one),) = heard.items()
                self._failures[stream, stream_id] = type(error).__name__
                log.exception("event_not_answered", type=type(one.event).__name__, event_id=str(one.event_id))
            else:
                log.warning("events_answered_singly", count=len(heard), error=type(error).__name__)
            return False
        fault_point("before_xack")
        await self.redis.xack(stream, self.service, *heard)
        for stream_id in heard:
            self._failures.pop((stream, stream_id), None)
        return True

    async def _bury(self, stream: str, stream_id: str, reason: str, deliveries: int) -> None:
        """Move a message to the dead letters, then acknowledge it."""
        found = await self.redis.xrange(stream, stream_id, stream_id)
        body = found[0][1] if found else {}
        await self.database.act(lay_aside, self.service, stream, stream_id, body, deliveries, reason)
        await self.redis.xack(stream, self.service, stream_id)
