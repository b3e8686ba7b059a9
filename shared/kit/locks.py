"""One at a time: an advisory lock of PostgreSQL, held by a connection of its own for as long as the work goes on."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.kit.database import Database
from shared.kit.stopping import TOLD_AGAIN, end

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
        watch = _Watch(connection, work)
        guard = asyncio.create_task(watch.keep())
        try:
            yield
        except asyncio.CancelledError:
            if not watch.told or work.cancelling() > watch.told:
                raise
        finally:
            watch.is_over = True
            for _ in range(watch.told):
                work.uncancel()
            await end([guard])
            await raw.invalidate()  # back in the pool, the connection would hold the lock for as long as it lives
        if watch.told:
            raise LockLostError(name)


@dataclass
class _Watch:
    """Asks the lock's connection each few seconds, and ends the work when it is gone."""

    connection: AsyncConnection
    work: "asyncio.Task[object]"
    told: int = 0
    """How often the work was told to end, because the lock is gone."""
    is_over: bool = False
    """Whether the work has ended."""

    async def keep(self) -> None:
        """Watch until the work is over; when the lock is gone, tell it to end until it has.

        Once is not enough, see `stopping.end`.
        """
        while not self.is_over:
            await asyncio.sleep(TOLD_AGAIN if self.told else ASK_AGAIN)
            if (self.told or not await self._holds()) and not self.is_over:
                self.told += 1
                self.work.cancel()

    async def _holds(self) -> bool:
        """Whether the lock's connection is still there."""
        try:
            await self.connection.execute(text("SELECT 1"))
        except (DBAPIError, OSError):
            return False
        return True
