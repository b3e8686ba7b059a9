"""Redis as the door uses it: quick or not at all. While it is slow or away, nobody waits for it twice."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

PROBE_EVERY = 0.5
Result = TypeVar("Result")
log = structlog.get_logger(__name__)


class CacheAway(Exception):  # noqa: N818 - how things stand, not an error
    """Redis did not answer, or has not answered for a moment."""


class Cache:
    """A Redis client behind a breaker.

    A call that fails opens it: from then on calls are refused at once, so that a slow broker costs one request and
    not each, and a probe in the background closes it again.
    """

    def __init__(self, client: Redis, timeout: float) -> None:
        """Take a client and the seconds that it may take for one command."""
        self.client = client
        self._timeout = timeout
        self._probe: asyncio.Task[None] | None = None

    @classmethod
    def at(cls, url: str, timeout: float) -> "Cache":
        """Make a client that never tries again by itself."""
        client: Redis = Redis.from_url(
            url,
            socket_timeout=timeout,
            socket_connect_timeout=timeout,
            socket_keepalive=True,
            retry=Retry(NoBackoff(), 0),
        )
        return cls(client, timeout)

    @property
    def is_away(self) -> bool:
        """Whether calls are refused at the moment."""
        return self._probe is not None

    async def ask(self, command: Callable[[], Awaitable[Result]]) -> Result:
        """Run a command; CacheAway where Redis does not answer in time."""
        if self._probe is not None:
            raise CacheAway
        try:
            return await command()
        except (RedisError, OSError, TimeoutError) as error:
            self._open(error)
            raise CacheAway from error

    def _open(self, error: Exception) -> None:
        """Refuse calls from now on, and look in the background for Redis to come back."""
        if self._probe is None:
            log.warning("cache_away", error=type(error).__name__)
            self._probe = asyncio.create_task(self._look_until_back())

    async def _look_until_back(self) -> None:
        """Ping until an answer comes in time; then let calls through again."""
        while True:
            await asyncio.sleep(PROBE_EVERY)
            with contextlib.suppress(RedisError, OSError, TimeoutError):
                async with asyncio.timeout(self._timeout):
                    await self.client.ping()
                log.info("cache_back")
                self._probe = None
                return

    async def close(self) -> None:
        """Let go of the connections."""
        if self._probe is not None:
            self._probe.cancel()
        await self.client.aclose()
