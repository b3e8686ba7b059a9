"""What Redis carries for a moment: the texts of captchas, and sessions for the gateway. Without it all goes on."""

import asyncio
import json
from collections.abc import Awaitable, Iterable, Mapping
from typing import Any
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

PATIENCE = 0.3
"""Seconds that Redis may take; a slow one is as good as none."""
CAPTCHA_SECONDS = 300
SESSION_SECONDS = 30
DEAD_SECONDS = 60
DEAD = "dead"
log = structlog.get_logger(__name__)


class Fleeting:
    """Redis as auth uses it. Nothing here raises: what Redis does not answer has not happened."""

    def __init__(self, redis: Redis) -> None:
        """Keep the client."""
        self._redis = redis

    async def keep_captcha(self, captcha_id: UUID, text: str) -> bool:
        """Keep the text for five minutes; False where Redis is away."""
        return bool(await _asked(self._redis.set(f"captcha:{captcha_id}", text, ex=CAPTCHA_SECONDS)))

    async def take_captcha(self, captcha_id: UUID) -> str | None:
        """Give the text and forget it at once: whoever asks next gets nothing."""
        text: str | None = await _asked(self._redis.getdel(f"captcha:{captcha_id}"))
        return text

    async def remember(self, token_sha256: str, session: Mapping[str, object]) -> None:
        """Let the gateway find a session for half a minute, unless it was ended just now."""
        await _asked(self._redis.set(_key(token_sha256), json.dumps(session), nx=True, ex=SESSION_SECONDS))

    async def bury(self, tokens: Iterable[str]) -> None:
        """Say that these sessions (SHA-256 of their tokens) are over, for longer than anyone may still remember."""
        for token in tokens:
            await _asked(self._redis.set(_key(token), DEAD, ex=DEAD_SECONDS))

    async def forget(self, tokens: Iterable[str]) -> None:
        """Let the gateway ask again for these sessions: something about them has changed."""
        for token in tokens:
            await _asked(self._redis.delete(_key(token)))


def _key(token_sha256: str) -> str:
    """Where the gateway looks for a session."""
    return f"session:{token_sha256}"


async def _asked(command: Awaitable[Any]) -> Any:  # noqa: ANN401 - whatever the command answers
    """The answer, or None when Redis is away or slow."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await command
    except (RedisError, OSError, TimeoutError) as error:
        log.warning("redis_away", error=type(error).__name__)
        return None
