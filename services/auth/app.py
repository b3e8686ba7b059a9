"""Builds auth's web application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from services.auth import api
from services.auth.actions.fleeting import Fleeting
from services.auth.actions.organizations import make_reference_organizations
from services.auth.settings import settings
from shared.kit import web
from shared.kit.database import Database
from shared.kit.redis import connect


def build() -> FastAPI:
    """The application of auth's web process."""
    given = settings()
    database, redis = Database(given.database_url, pool_size=given.pool_size), connect(given.redis_url)

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        """See that bureaus and offices are there; give Redis back at the end."""
        await app.state.database.act(make_reference_organizations)
        yield
        await redis.aclose()

    app = web.build("auth", api.ROUTERS, given, database, lifespan=living)
    app.state.fleeting = Fleeting(redis)
    return app
