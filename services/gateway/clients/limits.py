"""Counts what each client does: in Redis for all processes together, or in this one while Redis is away."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Mapping

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from services.gateway.clients.cache import Cache, CacheAway
from services.gateway.rules.limits import LIMITS, Counted
from shared.contracts.refusals import TooMany

GATHERED = 0.1
"""Seconds for which counts that nobody waits for are gathered: a client that floods costs Redis ten calls a second."""
Key = tuple[Counted, str]


class Limiter:
    """Refuses who comes too often. `width` multiplies every limit; `enabled` False counts nothing."""

    def __init__(self, cache: Cache, *, width: int = 1, enabled: bool = True) -> None:
        """Share the cache's connections."""
        self._cache, self._enabled = cache, enabled
        pool = cache.client.connection_pool
        storage = RedisStorage("redis://", implementation="redispy", connection_pool=pool)  # type: ignore[arg-type]  # its options are typed too narrowly
        self._shared = SlidingWindowCounterRateLimiter(storage)
        self._own = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._items: Mapping[Counted, RateLimitItemPerSecond] = {
            name: RateLimitItemPerSecond(limit.amount * width, limit.seconds, namespace="l")
            for name, limit in LIMITS.items()
        }
        self._waiting: Counter[Key] = Counter()
        self._refused: dict[Key, float] = {}
        self._flushing: asyncio.Task[None] | None = None

    async def hit(self, bucket: Counted, who: str) -> None:
        """Count one; TooMany with the seconds to wait where it was one too many."""
        if not self._enabled:
            return
        if LIMITS[bucket].is_exact:
            wait = await self._count(bucket, who, 1)
        else:
            wait = self._note((bucket, who))
        if wait:
            raise TooMany(retry_after=wait)

    def _note(self, key: Key) -> int:
        """Note one to be counted in a moment; the seconds to wait where earlier ones were too many."""
        left = self._refused.get(key, 0.0) - time.monotonic()
        if left > 0:
            return math.ceil(left)
        self._waiting[key] += 1
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())
        return 0

    async def _flush(self) -> None:
        """Count what was gathered, and remember who is refused until when."""
        await asyncio.sleep(GATHERED)
        waiting, self._waiting, self._flushing = self._waiting, Counter(), None
        now = time.monotonic()
        self._refused = {key: until for key, until in self._refused.items() if until > now}
        for (bucket, who), amount in waiting.items():
            if wait := await self._count(bucket, who, amount):
                self._refused[bucket, who] = now + wait

    async def _count(self, bucket: Counted, who: str, amount: int) -> int:
        """Count that many; 0, or the seconds to wait where they were too many."""
        item = self._items[bucket]
        try:
            allowed = await self._cache.ask(lambda: self._shared.hit(item, bucket, who, cost=amount))
            return 0 if allowed else await self._wait(self._shared, bucket, who)
        except CacheAway:
            if LIMITS[bucket].is_open or await self._own.hit(item, bucket, who, cost=amount):
                return 0
            return await self._wait(self._own, bucket, who)

    async def _wait(self, strategy: SlidingWindowCounterRateLimiter, bucket: Counted, who: str) -> int:
        """Seconds until the next one is allowed."""
        item = self._items[bucket]
        if strategy is self._own:
            stats = await strategy.get_window_stats(item, bucket, who)
        else:
            stats = await self._cache.ask(lambda: strategy.get_window_stats(item, bucket, who))
        return max(1, math.ceil(stats.reset_time - time.time()))

    async def close(self) -> None:
        """Forget what nobody waits for."""
        if self._flushing is not None:
            self._flushing.cancel()
