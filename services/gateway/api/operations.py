"""What operators and developers ask the door itself: health, readiness, the document, its page, the test clock."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import fastapi_offline
import orjson

from services.gateway.actions.admit import check_origin, count
from services.gateway.actions.answers import JSON, BadMethod, refuse
from services.gateway.actions.clock import advance_clock
from services.gateway.actions.desk import Desk
from services.gateway.actions.document import Library
from services.gateway.actions.readiness import readiness
from services.gateway.rules.headers import DOCUMENTATION_POLICY, Header
from services.gateway.rules.routes import API, JSON_MAXIMUM, Route
from services.gateway.schemas import Exchange, Incoming
from shared.contracts.refusals import Invalid, Unsupported
from shared.contracts.texts import _
from shared.kit.texts import translate

Answering = Callable[[Exchange], Awaitable[None]]
DOCUMENTATION = f"{API}/docs"
SWAGGER = Path(fastapi_offline.__file__).parent / "static"
OWN = Path(__file__).parents[1] / "static"
CACHEABLE: Header = (b"cache-control", b"public, max-age=86400")
# The page's files: Swagger's from the wheel, and the few lines that start it, which a strict policy wants in a file.
FILES: Mapping[str, tuple[Path, str]] = {
    "swagger-ui-bundle.js": (SWAGGER / "swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
    "swagger-ui.css": (SWAGGER / "swagger-ui.css", "text/css; charset=utf-8"),
    "start.js": (OWN / "documentation.js", "text/javascript; charset=utf-8"),
}
PAGE = f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>聚贤 · API</title>
<link rel="icon" href="/static/seal.svg" type="image/svg+xml">
<link rel="stylesheet" href="{DOCUMENTATION}/swagger-ui.css">
<script defer src="{DOCUMENTATION}/swagger-ui-bundle.js"></script>
<script defer src="{DOCUMENTATION}/start.js"></script>
</head>
<body><div id="swagger-ui" data-document="{API}/openapi.json"></div></body>
</html>
""".encode()


class Operations:
    """Serves the handful of addresses that belong to no service."""

    def __init__(self, desk: Desk, routes: Iterable[Route]) -> None:
        """Lay down who answers what."""
        self._desk, self._library = desk, Library(desk, routes)
        self._answers: dict[tuple[str, str], Answering] = {
            ("GET", "/healthz"): self._health,
            ("GET", "/readyz"): self._readiness,
            ("GET", f"{API}/openapi.json"): self._document,
            ("GET", DOCUMENTATION): self._documentation,
            **{("GET", f"{DOCUMENTATION}/{name}"): self._file for name in FILES},
        }
        if desk.settings.has_clock:
            self._answers["POST", "/dev/clock"] = self._clock
        self._methods = {path: method for method, path in self._answers}

    async def serve(self, exchange: Exchange, path: str) -> bool:
        """Answer, if the address is one of ours; whether it was."""
        if (method := self._methods.get(path)) is None:
            return False
        exchange.route = path
        if path != "/healthz":
            await count(self._desk, exchange, "read")
        asked = "GET" if exchange.method == "HEAD" else exchange.method
        if asked == method:
            await self._answers[method, path](exchange)
        else:
            await refuse(exchange, BadMethod(), ((b"allow", b"GET, HEAD" if method == "GET" else b"POST"),))
        return True

    async def _health(self, exchange: Exchange) -> None:
        """The process lives."""
        await exchange.answer(200, b'{"status":"alive"}', [JSON])

    async def _readiness(self, exchange: Exchange) -> None:
        """Every part, and 200 only when all of them are ready."""
        parts = await readiness(self._desk)
        is_ready = all(part["ready"] for part in parts)
        said = [{**part, "detail": translate(part["detail"], exchange.language)} for part in parts]
        retry = [] if is_ready else [(b"retry-after", b"2")]
        await exchange.answer(200 if is_ready else 503, orjson.dumps({"parts": said}), [JSON, *retry])

    async def _document(self, exchange: Exchange) -> None:
        """The OpenAPI document."""
        await exchange.answer(200, orjson.dumps(await self._library.document()), [JSON])

    async def _documentation(self, exchange: Exchange) -> None:
        """The page that shows it."""
        policy = (b"content-security-policy", DOCUMENTATION_POLICY.encode())
        await exchange.answer(200, PAGE, [(b"content-type", b"text/html; charset=utf-8"), policy])

    async def _file(self, exchange: Exchange) -> None:
        """One of the page's files."""
        content, media_type = _read(exchange.route.rpartition("/")[2])
        await exchange.answer(200, content, [(b"content-type", media_type), CACHEABLE])

    async def _clock(self, exchange: Exchange) -> None:
        """Move the clock."""
        check_origin(self._desk, exchange, None)
        if (exchange.header(b"content-type") or "").partition(";")[0].strip() != "application/json":
            media_type = "application/json"
            raise Unsupported(
                "content_type_not_accepted", _("请求内容的类型须为 {media_type}。"), media_type=media_type
            )
        incoming = Incoming(exchange.receive, JSON_MAXIMUM, self._desk.settings.body_timeout)
        await incoming.begin()
        try:
            body = orjson.loads(incoming.head)
        except orjson.JSONDecodeError as error:
            raise Invalid("malformed", _("请求内容不是有效的 JSON。")) from error
        await advance_clock(self._desk, body)
        await exchange.answer(204)


@cache
def _read(name: str) -> tuple[bytes, bytes]:
    """A file with its type; read once."""
    path, media_type = FILES[name]
    return path.read_bytes(), media_type.encode()
