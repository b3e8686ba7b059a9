"""Calls to another service: signed, pooled, short; its refusals are raised here as if they were ours."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import aiohttp
import orjson

from shared.contracts.identity import Caller, ServiceName
from shared.contracts.refusals import (
    Changed,
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    Missing,
    Refusal,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from shared.kit import logs
from shared.kit.identity import sign
from shared.kit.settings import common

LIMIT = aiohttp.ClientTimeout(total=8, connect=1.5)
FAMILIES: Mapping[int, type[Refusal]] = {
    401: Unauthenticated, 403: Forbidden, 404: Missing, 409: Conflict, 410: Gone, 412: Changed, 422: Invalid,
    429: TooMany,
}  # fmt: skip
_sessions: dict[int, aiohttp.ClientSession] = {}


def _session() -> aiohttp.ClientSession:
    """The connections of the running event loop."""
    loop = asyncio.get_running_loop()
    known = _sessions.get(id(loop))
    if known is None or known.closed:
        known = _sessions[id(loop)] = aiohttp.ClientSession(
            timeout=LIMIT,
            connector=aiohttp.TCPConnector(limit=100, keepalive_timeout=30),
            raise_for_status=False,
        )
    return known


async def close() -> None:
    """Close the running loop's connections."""
    session = _sessions.pop(id(asyncio.get_running_loop()), None)
    if session is not None:
        await session.close()


class Peer:
    """Another service, as `actor` sees it."""

    def __init__(self, name: ServiceName, actor: ServiceName) -> None:
        """Name who is called and who calls."""
        self.name, self.actor = name, actor

    async def get(self, path: str, *, on_behalf_of: UUID | None = None, params: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - JSON
        """Ask; gives the JSON of the answer."""
        return await self._call("GET", path, on_behalf_of, params=params)

    async def post(self, path: str, body: Mapping[str, object], *, on_behalf_of: UUID | None = None) -> Any:  # noqa: ANN401 - JSON
        """Send; gives the JSON of the answer."""
        return await self._call("POST", path, on_behalf_of, body=body)

    async def _call(
        self,
        method: str,
        path: str,
        person: UUID | None,
        body: Mapping[str, object] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Any:  # noqa: ANN401 - JSON
        """Call once, and once more where the connection was dead; a service that is away is refused as Unavailable."""
        token = sign(Caller(actor=self.actor, account_id=person), self.name)
        headers = {"Authorization": f"Bearer {token}", "X-Request-Id": logs.request_id()}
        url = str(getattr(common(), f"{self.name}_url")) + path
        payload = None
        if body is not None:
            payload, headers["Content-Type"] = orjson.dumps(body), "application/json"
        for last in (False, True):
            try:
                async with _session().request(method, url, data=payload, headers=headers, params=params) as answer:
                    return _read(answer.status, await answer.read())
            except (aiohttp.ClientConnectionError, TimeoutError) as error:
                if last or isinstance(error, TimeoutError):
                    raise Unavailable(members={"part": self.name}, retry_after=3) from error
        raise AssertionError


def _read(status: int, body: bytes) -> Any:  # noqa: ANN401 - JSON
    """The JSON of a good answer; the other side's refusal otherwise."""
    if status < 300:  # noqa: PLR2004 - the HTTP class of success
        return orjson.loads(body) if body else None
    family = FAMILIES.get(status)
    if family is None:
        raise Unavailable(retry_after=3)
    problem: dict[str, Any] = orjson.loads(body) if body[:1] == b"{" else {}
    raise family(problem.get("code"))
