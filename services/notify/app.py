"""Builds notify's web application; where letters stay here, its SMTP door lives in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from services.notify import actions, api
from services.notify.settings import settings
from shared.kit import web
from shared.kit.database import Database
from shared.kit.mailbox import Arrived, mailbox


def build() -> FastAPI:
    """The application of notify's web process."""
    given = settings()
    database = Database(given.database_url, pool_size=given.pool_size)
    return web.build("notify", api.ROUTERS, given, database, lifespan=_with_mailbox if given.has_mailbox else None)


@asynccontextmanager
async def _with_mailbox(app: FastAPI) -> AsyncIterator[None]:
    """Take letters in while the application lives."""

    async def keep(letter: Arrived) -> None:
        """Keep one, in a transaction of its own."""
        await app.state.database.act(actions.keep_arrived, letter)

    async with mailbox(settings().mailbox_port, keep):
        yield
