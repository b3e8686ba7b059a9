"""Connections to the services: pooled, streaming both ways, patient while one restarts."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import aiohttp
import structlog
from yarl import URL

from shared.contracts.identity import ServiceName
from shared.contracts.refusals import Unavailable

CONNECT_TIMEOUT = 2.0
# Shorter than the services keep an idle connection, so that none is closed under a request on its way.
KEEP_IDLE = 30.0
POLL = 0.1
_OWN_HEADERS = ("Accept", "Accept-Encoding", "User-Agent", "Content-Type")
log = structlog.get_logger(__name__)


class Sending(Protocol):
    """A body on its way, longer than what is sent whole. `failure` tells why it broke off on our client's side."""

    failure: Exception | None

    def chunks(self) -> AsyncIterator[bytes]:
        """The body from its beginning; it can be read once."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a service. `may_repeat`: a request that broke off may be sent once more."""

    service: ServiceName
    method: str
    target: str
    headers: Mapping[str, str]
    body: Sending | bytes | None = None
    may_repeat: bool = False


@dataclass(slots=True)
class Services:
    """The way to every service. `patience` is for one that has just gone: its requests wait that long."""

    urls: Mapping[ServiceName, str]
    patience: float
    answer_timeout: float
    clock: Callable[[], float] = time.monotonic
    _pooled: aiohttp.ClientSession = field(init=False)
    _fresh: aiohttp.ClientSession = field(init=False)
    _gone_since: dict[ServiceName, float] = field(default_factory=dict)

    async def start(self) -> None:
        """Open the pools; inside the event loop that will use them."""
        self._pooled = self._session(aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEP_IDLE))
        self._fresh = self._session(aiohttp.TCPConnector(limit=0, force_close=True))

    def _session(self, connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        """A session that passes on what it gets: no cookies, no decoding, no redirects, no proxies."""
        limits = aiohttp.ClientTimeout(
            total=None, connect=None, sock_connect=CONNECT_TIMEOUT, sock_read=self.answer_timeout
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=limits,
            read_bufsize=64 * 1024,
            skip_auto_headers=_OWN_HEADERS,
        )

    async def close(self) -> None:
        """Close the pools."""
        await self._pooled.close()
        await self._fresh.close()

    async def send(self, call: Call) -> aiohttp.ClientResponse:
        """Send a request and give the answer's head; its body is the caller's to read, and to release.

        A service that cannot be reached is asked again for as long as our patience with it lasts: nothing has been
        sent yet. A connection that broke before an answer is tried once more, and afresh, where that is harmless.
        Else it is refused as Unavailable.
        """
        session, repeats = self._pooled, int(call.may_repeat)
        while True:
            try:
                answer = await self._send_once(session, call)
            except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
                await self._bear_with(call.service, error)
            except (aiohttp.ClientError, TimeoutError) as error:
                self._blame_the_client(call.body)
                if isinstance(error, TimeoutError) or not repeats or not isinstance(call.body, bytes | None):
                    raise self._unavailable(call.service, error) from error
                repeats -= 1
            else:
                self._gone_since.pop(call.service, None)
                return answer
            session = self._fresh

    async def _send_once(self, session: aiohttp.ClientSession, call: Call) -> aiohttp.ClientResponse:
        """Send it over a pooled or a fresh connection."""
        return await session.request(
            call.method,
            URL(self.urls[call.service] + call.target, encoded=True),
            headers=call.headers,
            data=call.body if isinstance(call.body, bytes | None) else call.body.chunks(),
            allow_redirects=False,
        )

    @staticmethod
    def _blame_the_client(body: Sending | bytes | None) -> None:
        """Raise what broke the body off, where that is why the service did not get it."""
        if not isinstance(body, bytes | None) and body.failure is not None:
            raise body.failure

    async def _bear_with(self, service: ServiceName, error: Exception) -> None:
        """Wait a moment for a service that went a moment ago; one that stays away is refused at once."""
        now = self.clock()
        if now - self._gone_since.setdefault(service, now) >= self.patience:
            raise self._unavailable(service, error) from error
        await asyncio.sleep(POLL)

    def _unavailable(self, service: ServiceName, error: Exception) -> Unavailable:
        """The refusal that the client is given."""
        log.warning("service_away", service=service, error=type(error).__name__)
        return Unavailable(members={"part": service}, retry_after=3)
