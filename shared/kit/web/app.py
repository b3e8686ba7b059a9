"""Builds a service's web application: its routers between the doors that every service has."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import structlog
from fastapi import APIRouter, FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import Field
from structlog.contextvars import bind_contextvars, clear_contextvars

from shared.contracts.identity import ServiceName
from shared.contracts.refusals import Forbidden
from shared.kit import calls, clock, sending
from shared.kit.database import Database
from shared.kit.ids import new_id
from shared.kit.redis import is_ready
from shared.kit.settings import Settings
from shared.kit.web import problems
from shared.kit.web.bodies import Body
from shared.kit.web.given import CallerDep, DatabaseDep, PeerDep
from shared.kit.web.routes import router

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]
LONGEST_ID = 64
CENTURY = 100 * 366 * 86_400.0
log = structlog.get_logger(__name__)


class Advance(Body):
    """How far the platform's clock is moved: a century at most."""

    advance_seconds: float = Field(ge=0, le=CENTURY, allow_inf_nan=False)


def build(
    service: ServiceName,
    routers: Sequence[APIRouter],
    settings: Settings,
    database: Database,
    lifespan: Lifespan | None = None,
) -> FastAPI:
    """Make the application of a service; `lifespan` starts and ends what it needs besides its database."""

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        """Open what the service needs, and give it back at the end."""
        sending.start(settings.redis_url)
        async with lifespan(app) if lifespan else _nothing():
            yield
        await calls.close()
        await database.close()

    app = FastAPI(
        title=f"Juxian {service}", version="1", lifespan=living, docs_url=None, redoc_url=None,
        openapi_url="/openapi.json", redirect_slashes=False,
    )  # fmt: skip
    app.state.service, app.state.database, app.state.settings = service, database, settings
    problems.install(app)
    for part in (*routers, _operations(settings)):
        app.include_router(part)
    app.add_middleware(RequestIds)
    return app


@asynccontextmanager
async def _nothing() -> AsyncIterator[None]:
    """A lifespan that needs nothing."""
    yield


async def _within(asked: Awaitable[bool]) -> bool:
    """The answer, or no where it takes longer than three seconds."""
    try:
        return await asyncio.wait_for(asked, 3)
    except TimeoutError:
        return False


class RequestIds:
    """Takes up the request's id, so that log lines and events carry it; makes one where none came."""

    def __init__(self, app: Callable[..., Any]) -> None:
        """Wrap the application."""
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's callables
        """Bind the id for this request alone."""
        if scope["type"] == "http":
            given = dict(scope["headers"]).get(b"x-request-id", b"").decode("ascii", "ignore")
            clear_contextvars()
            bind_contextvars(
                request_id=given if given.isprintable() and 0 < len(given) <= LONGEST_ID else str(new_id())
            )
        await self.app(scope, receive, send)


def _operations(settings: Settings) -> APIRouter:
    """Health, readiness, metrics, and the clock of a test installation."""
    part = router(tags=["operations"])

    @part.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        """The process lives."""
        return {"status": "alive"}

    @part.get("/readyz", include_in_schema=False)
    async def readyz(database: DatabaseDep, response: Response) -> dict[str, object]:
        """The database and Redis answer; `detail` names what does not."""
        answers = await asyncio.gather(_within(database.is_ready()), _within(is_ready(settings.redis_url)))
        silent = [name for name, good in zip(("database", "redis"), answers, strict=True) if not good]
        response.status_code = 503 if silent else 200
        return {"ready": not silent, "detail": ", ".join(silent)}

    @part.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        """Figures for Prometheus; the gateway passes this on to nobody."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    @part.post("/internal/clock", include_in_schema=False, dependencies=[PeerDep("gateway")], status_code=204)
    async def advance(body: Advance, _caller: CallerDep, database: DatabaseDep) -> None:
        """Move this service's clock forward; only where the installation's clock is adjustable."""
        if settings.clock != "adjustable":
            raise Forbidden
        await database.act(clock.advance, body.advance_seconds)

    return part


__all__ = ["build"]
