"""Counts what each client does: in Redis for all processes together, or in this one while Redis is away."""

import math
import time
from collections.abc import Mapping

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from services.gateway.clients.cache import Cache, CacheAway
from services.gateway.rules.limits import LIMITS, Counted
from shared.contracts.refusals import TooMany


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

    async def hit(self, bucket: Counted, who: str) -> None:
        """Count one; TooMany with the seconds to wait where it was one too many."""
        if not self._enabled:
            return
        item = self._items[bucket]
        try:
            allowed = await self._cache.ask(lambda: self._shared.hit(item, bucket, who))
            strategy = self._shared
        except CacheAway:
            if LIMITS[bucket].is_open:
                return
            allowed, strategy = await self._own.hit(item, bucket, who), self._own
        if not allowed:
            raise TooMany(retry_after=await self._wait(strategy, item, bucket, who))

    async def _wait(
        self, strategy: SlidingWindowCounterRateLimiter, item: RateLimitItemPerSecond, bucket: Counted, who: str
    ) -> int:
        """Seconds until the next one is allowed; the window's length where Redis has gone meanwhile."""
        try:
            stats = await self._cache.ask(lambda: strategy.get_window_stats(item, bucket, who))
        except CacheAway:
            return LIMITS[bucket].seconds
        return max(1, math.ceil(stats.reset_time - time.time()))
