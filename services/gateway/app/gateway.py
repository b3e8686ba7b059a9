"""Builds the door: a pure ASGI application that looks at each request once and hands it to the API or the portal."""

import time
from urllib.parse import quote

import structlog
from prometheus_client import Counter, Histogram, start_http_server
from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.contextvars import clear_contextvars

from services.gateway.actions.answers import HeadersTooLarge, Malformed, NotOurs, refuse, surprise
from services.gateway.actions.carry import AnswerBroken
from services.gateway.actions.desk import Desk
from services.gateway.api import MAILBOX, ROUTES, Api, Operations
from services.gateway.portal import Portal
from services.gateway.rules.headers import MAXIMUM, size_of
from services.gateway.rules.hosts import client_address, is_ours
from services.gateway.rules.routes import API, clean_path
from services.gateway.schemas import ClientGone, Exchange
from services.gateway.settings import settings
from shared.contracts.refusals import Missing, Refusal
from shared.kit.ids import new_id
from shared.kit.logs import follow

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
HUNG_UP = 499
REQUESTS = Counter("juxian_gateway_requests_total", "Requests answered.", ("method", "route", "status"))
SECONDS = Histogram("juxian_gateway_request_seconds", "Time until the answer's end.", ("route",))
log = structlog.get_logger(__name__)


class Gateway:
    """The ASGI application."""

    def __init__(self, desk: Desk) -> None:
        """Open the doors behind the door."""
        self._desk = desk
        self._api = Api(desk, ROUTES, API)
        self._operations = Operations(desk, ROUTES)
        self._portal = Portal(desk)
        self._mailbox = Api(desk, [MAILBOX] if desk.settings.has_mailbox else [], "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection's request, or the server's own start and stop."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._serve(Exchange(scope, receive, send, str(new_id()), self._desk.settings.over_tls))
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _live(self, receive: Receive, send: Send) -> None:
        """Open the connections when the server starts, and close them when it stops."""
        await receive()
        await self._desk.start()
        if self._desk.settings.metrics_port:
            inside = "127.0.0.1" if self._desk.settings.installation == "local" else "0.0.0.0"  # noqa: S104 - an internal port
            start_http_server(self._desk.settings.metrics_port, inside)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._desk.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, exchange: Exchange) -> None:
        """Serve one request, and write down how it ended."""
        clear_contextvars()
        follow(exchange.request_id)
        peer = (exchange.scope.get("client") or ("", 0))[0]
        forwarded = [value.decode("latin-1") for name, value in exchange.scope["headers"] if name == b"x-forwarded-for"]
        exchange.client = client_address(peer, forwarded, self._desk.trusted)
        try:
            await self._answer(exchange)
        except ClientGone:
            exchange.status = HUNG_UP
        except AnswerBroken as broken:
            log.warning("answer_broken", route=exchange.route, error=repr(broken.__cause__))
        _note(exchange)

    async def _answer(self, exchange: Exchange) -> None:
        """Serve it, whatever happens."""
        raw: bytes = exchange.scope.get("raw_path") or quote(exchange.scope["path"]).encode()
        is_page = not _is_for_programs(raw)
        try:
            await self._dispatch(exchange, raw)
        except Refusal as refusal:
            await self._refuse(exchange, refusal, is_page=is_page)
        except (ClientGone, AnswerBroken):
            raise
        except Exception:
            log.exception("unexpected_error", route=exchange.route)
            await self._refuse(exchange, surprise(exchange.request_id), is_page=is_page)

    async def _dispatch(self, exchange: Exchange, raw: bytes) -> None:
        """Look at what every request must have right, then hand it on."""
        _check(exchange)
        if not is_ours(
            exchange.header(b"host") or "",
            self._desk.settings.public_url,
            is_local=self._desk.settings.installation == "local",
        ):
            raise NotOurs
        path = clean_path(raw)
        if path is None:
            return await self._put_right(exchange, raw)
        if await self._operations.serve(exchange, path):
            return None
        if path.startswith(API + "/"):
            return await self._api.serve(exchange, path)
        if _is_for_programs(raw) and path != MAILBOX.path:
            raise Missing
        if path == MAILBOX.path:
            return await self._mailbox.serve(exchange, path)
        return await self._portal.serve(exchange, path)

    async def _put_right(self, exchange: Exchange, raw: bytes) -> None:
        """A page's address with a slash at its end leads to the page; any other that is not clean leads nowhere."""
        path = clean_path(raw.removesuffix(b"/"))
        if path is None or exchange.method not in {"GET", "HEAD"} or not self._portal.has(path):
            raise Missing
        await exchange.answer(308, headers=[(b"location", path.encode())])

    async def _refuse(self, exchange: Exchange, refusal: Refusal, *, is_page: bool) -> None:
        """Answer with a page or a problem document; an answer that has begun can only be broken off."""
        if exchange.has_begun:
            raise AnswerBroken from refusal
        if not is_page or isinstance(refusal, NotOurs):
            return await refuse(exchange, refusal)
        try:
            return await self._portal.refuse(exchange, refusal)
        except (ClientGone, AnswerBroken):
            raise
        except Exception:
            log.exception("refusal_not_drawn", code=refusal.code)
        if exchange.has_begun:
            raise AnswerBroken
        return await refuse(exchange, refusal)


def _is_for_programs(raw: bytes) -> bool:
    """Whether an address is one that programs call: what is refused there is a document and no page."""
    return raw == b"/api" or (raw.startswith((b"/api/", b"/dev/")) and raw != b"/dev/mailbox")


def _check(exchange: Exchange) -> None:
    """Refuse requests that no honest client sends."""
    if size_of(exchange.scope["headers"]) + len(exchange.scope.get("raw_path") or b"") > MAXIMUM:
        raise HeadersTooLarge
    if exchange.has_doubles:
        raise Malformed


def _note(exchange: Exchange) -> None:
    """One line of the access log: the route's pattern and never its path, which may hold a token."""
    seconds = time.perf_counter() - exchange.began_at
    route = exchange.route or "-"
    REQUESTS.labels(exchange.method if exchange.method in METHODS else "-", route, exchange.status).inc()
    SECONDS.labels(route).observe(seconds)
    log.info(
        "request",
        method=exchange.method,
        route=route,
        status=exchange.status,
        ms=round(seconds * 1000, 1),
        sent=exchange.sent,
        client=exchange.client,
        account=str(exchange.session.account_id) if exchange.session else None,
    )


def build() -> ASGIApp:
    """The application, for the settings of this process."""
    return Gateway(Desk.of(settings()))
