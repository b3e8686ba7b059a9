"""One at a time: an advisory lock of PostgreSQL, held by a connection of its own for as long as the work goes on."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.kit.database import Database

ASK_AGAIN = 2.0


class LockLostError(Exception):
    """The lock's connection is gone, and the lock with it: somebody else may be at work already."""


@asynccontextmanager
async def only_one(database: Database, name: str) -> AsyncIterator[None]:
    """Wait until no other process of this service holds the lock of that name, then hold it for the block.

    A watch beside the block asks the lock's connection each few seconds; when it is lost the block ends with
    LockLostError, so that two never work on for longer than that.
    """
    key = zlib.crc32(name.encode())
    async with database.engine.connect() as raw:
        connection = await raw.execution_options(isolation_level="AUTOCOMMIT")
        # another process's lock has no event to wait for
        while not (await connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": key})).scalar_one():  # noqa: ASYNC110
            await asyncio.sleep(ASK_AGAIN)
        work = asyncio.current_task()
        assert work is not None, "a coroutine always runs in a task"  # noqa: S101 - for the type checker
        guard = asyncio.create_task(_watch(connection, work))
        try:
            yield
        except asyncio.CancelledError:
            if not guard.done():
                raise
            work.uncancel()
            raise LockLostError(name) from None
        finally:
            guard.cancel()
            await asyncio.gather(guard, return_exceptions=True)
            await raw.invalidate()  # back in the pool, the connection would hold the lock for as long as it lives


async def _watch(connection: AsyncConnection, work: "asyncio.Task[object]") -> None:
    """Ask the lock's connection each few seconds; end the work when it is gone."""
    while True:
        await asyncio.sleep(ASK_AGAIN)
        try:
            await connection.execute(text("SELECT 1"))
        except (DBAPIError, OSError):
            work.cancel()
            return
