"""Doubles for the gateway's tests: a service that answers as it is told to, and the door on a real socket."""

import asyncio
import hashlib
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import uvicorn
from aiohttp import web
from redis.asyncio import Redis
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from services.gateway.app import Gateway
from shared.contracts.identity import Caller, ServiceName
from shared.kit.identity import verify
from shared.kit.ids import new_id

ACCOUNT, ORGANIZATION, SESSION = new_id(), new_id(), new_id()
TOKEN = "token-of-zhang-wei"
CSRF = "csrf-of-zhang-wei"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def session(*roles: str, **changes: object) -> dict[str, Any]:
    """A session as auth tells of it."""
    return {
        "session_id": str(SESSION),
        "account_id": str(ACCOUNT),
        "roles": roles or ("applicant",),
        "organization_id": str(ORGANIZATION) if "reviewer" in roles else None,
        "must_change_password": False,
        "language": "zh",
        "expires_at": (datetime.now(UTC) + timedelta(hours=12)).isoformat(),
        "csrf": CSRF,
        **changes,
    }


@dataclass
class Heard:
    """A request that a service was sent."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class FakeService:
    """All four services on one socket: notes what it hears, and answers by path, or 200 with what it heard."""

    heard: list[Heard] = field(default_factory=list)
    handlers: dict[tuple[str, str], Handler] = field(default_factory=dict)
    answers: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)
    url: str = ""
    port: int = 0
    _runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> None:
        """Listen on a free port, or on the one that is named."""
        app = web.Application(client_max_size=100 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port, reuse_address=True)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]  # it listens
        self.url = f"http://127.0.0.1:{self.port}"

    async def stop(self) -> None:
        """Stop listening, and close what is open."""
        if self._runner is not None:
            await self._runner.cleanup()

    def callers(self, service: ServiceName) -> list[Caller]:
        """The identities that came along, checked for that service."""
        return [verify(heard.headers["authorization"].removeprefix("Bearer "), service) for heard in self.heard]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        key = (request.method, request.path)
        if key in self.handlers:
            return await self.handlers[key](request)
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.heard.append(Heard(request.method, request.path_qs, headers, body))
        status, content = self.answers.get(key, (200, {"path": request.path}))
        return web.json_response(content, status=status) if status != 204 else web.Response(status=204)


async def log_in(redis: Redis, *roles: str, token: str = TOKEN, **changes: object) -> dict[str, str]:
    """Put a session into the cache; gives the headers of its owner."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    await redis.set(f"session:{digest}", json.dumps(session(*roles, **changes)))
    return {"Authorization": f"Bearer {token}"}


@asynccontextmanager
async def listening(gateway: Gateway, protocol: type[asyncio.Protocol] = HttpToolsProtocol) -> AsyncIterator[str]:
    """Serve the door on a real socket; gives its URL."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        config = uvicorn.Config(gateway, http=protocol, loop="asyncio", lifespan="off", log_level="critical")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[bound]))
        while not server.started:  # noqa: ASYNC110 - uvicorn tells it by an attribute alone
            await asyncio.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


@asynccontextmanager
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    """A client that keeps no cookies by itself and follows nothing."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False) as client:
        yield client
