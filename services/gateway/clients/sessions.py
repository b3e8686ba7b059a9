"""Sessions: from the cache that auth writes, or from auth itself (law 14)."""

import hashlib
from contextlib import suppress
from typing import Literal

import orjson
from pydantic import ValidationError

from services.gateway.clients.cache import Cache, CacheAway
from services.gateway.clients.services import Call, Services
from services.gateway.schemas.session import Session
from shared.contracts.identity import Caller
from shared.contracts.refusals import Unavailable
from shared.kit.identity import sign

PREFIX = "session:"
DEAD = b'"dead"', b"dead"
RESOLVE = "/internal/sessions/resolve"


def digest_of(token: str) -> str:
    """What stands for an access token everywhere but at its owner's: nobody else ever needs it clear."""
    return hashlib.sha256(token.encode()).hexdigest()


class Sessions:
    """Looks sessions up. Nothing is remembered in this process, so that a logout is felt at once."""

    def __init__(self, cache: Cache, services: Services) -> None:
        """Take the cache, and the way to auth."""
        self._cache, self._services = cache, services

    async def cached(self, digest: str) -> Session | Literal["unknown"] | None:
        """What the cache says: the session; None where it is over; or that auth must be asked."""
        try:
            found = await self._cache.ask(lambda: self._cache.client.get(PREFIX + digest))
        except CacheAway:
            return "unknown"
        if found in DEAD:
            return None
        try:
            return Session.model_validate_json(found) if found is not None else "unknown"
        except ValidationError:
            return "unknown"  # an entry of another release: auth knows better

    async def resolve(self, digest: str, request_id: str) -> Session | None:
        """Ask auth, who writes the cache entry; None where the session is unknown, over or logged out."""
        body = orjson.dumps({"token_sha256": digest})
        headers = {
            "Authorization": f"Bearer {sign(Caller(actor='gateway'), 'auth')}",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "X-Request-Id": request_id,
        }
        answer = await self._services.send(Call("auth", "POST", RESOLVE, headers, body, may_repeat=True))
        async with answer:
            if answer.status == 404:  # noqa: PLR2004 - not a session
                return None
            if answer.status != 200:  # noqa: PLR2004 - auth itself is in trouble
                raise Unavailable(members={"part": "auth"}, retry_after=3)
            return Session.model_validate_json(await answer.read())

    async def forget_all(self) -> None:
        """Empty the cache: the clock has moved, and what was fresh may be over."""
        with suppress(CacheAway):
            await self._cache.ask(self._empty)

    async def _empty(self) -> None:
        """Delete every entry."""
        keys = [key async for key in self._cache.client.scan_iter(match=f"{PREFIX}*", count=500)]
        if keys:
            await self._cache.client.delete(*keys)
