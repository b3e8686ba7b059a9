"""One service's database: actions run in one transaction each, and what they promised leaves after it."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession as Session, create_async_engine

from shared.contracts.refusals import Unavailable
from shared.kit import dispatch
from shared.kit.faultpoints import fault_point

__all__ = ["Database", "Session"]

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

TRIES = 4
AGAIN = frozenset({"40001", "40P01"})  # serialization failure, deadlock: PostgreSQL asks to try again
log = structlog.get_logger(__name__)


class Database:
    """A pool of connections to one service's database.

    `url` is postgresql+psycopg://…; a statement may take five seconds, waiting for a connection two.
    """

    def __init__(self, url: str, *, pool_size: int = 20, statement_timeout: int = 5000) -> None:
        """Make the pool; nothing is connected before the first use."""
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            _with_driver(url),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=2,
            pool_pre_ping=False,
            pool_recycle=1800,
            hide_parameters=True,
            connect_args={
                "connect_timeout": 3,
                "options": f"-c statement_timeout={statement_timeout} -c timezone=UTC"
                " -c idle_in_transaction_session_timeout=30000 -c lock_timeout=4000",
                "prepare_threshold": 3,
            },
        )
        event.listen(self.engine.sync_engine, "handle_error", _drop_the_pool_when_the_server_is_gone)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """One transaction: committed at the end of the block, rolled back by any error; then jobs leave."""
        async with Session(self.engine, expire_on_commit=False) as session:
            async with session.begin():
                yield session
                await session.flush()
                fault_point("before_commit")
            fault_point("after_commit")
            dispatch.flush(session)

    async def act(
        self,
        action: Callable[Concatenate[Session, Given], Awaitable[Answer]],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Answer:
        """Run an action in its own transaction and give its answer.

        A deadlock or serialization failure is tried again, three times at most; what still fails, and a database
        that is away, is refused as `Unavailable`.
        """
        for attempt in count(1):
            try:
                async with self.transaction() as session:
                    return await action(session, *args, **kwargs)
            except DBAPIError as error:
                if attempt == TRIES or getattr(error.orig, "sqlstate", None) not in AGAIN:
                    raise _judged(error) from error
                await asyncio.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311 - jitter, not a secret
            except (PoolTimeout, OSError) as error:
                raise Unavailable(retry_after=2) from error
        raise AssertionError

    async def read(
        self,
        query: Callable[Concatenate[Session, Given], Awaitable[Answer]],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Answer:
        """Run a query that changes nothing."""
        try:
            async with Session(self.engine, expire_on_commit=False) as session:
                return await query(session, *args, **kwargs)
        except DBAPIError as error:
            raise _judged(error) from error
        except (PoolTimeout, OSError) as error:
            raise Unavailable(retry_after=2) from error

    async def is_ready(self) -> bool:
        """Whether the database answers."""
        try:
            async with self.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except (DBAPIError, PoolTimeout, OSError):
            return False
        return True

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()


def _with_driver(url: str) -> str:
    """The URL with psycopg named as the driver."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1).replace("postgres://", "postgresql+psycopg://", 1)


def _judged(error: DBAPIError) -> Exception:
    """A refusal where the server is away or overloaded; the error itself where the statement was wrong."""
    state = getattr(error.orig, "sqlstate", None) or ""
    away = state[:2] in {"08", "53", "57", "58"} or state in AGAIN | {"55P03"}
    if away or error.connection_invalidated or (isinstance(error, OperationalError | InterfaceError) and not state):
        log.warning("database_unavailable", sqlstate=state, error=type(error.orig).__name__)
        return Unavailable(retry_after=2)
    return error


def _drop_the_pool_when_the_server_is_gone(context: object) -> None:
    """Tell SQLAlchemy that 57P01 and its kin mean a dead connection, so that the whole pool heals at once."""
    original = getattr(context, "original_exception", None)
    if (getattr(original, "sqlstate", None) or "")[:3] == "57P":
        context.is_disconnect = True  # type: ignore[attr-defined]  # SQLAlchemy's ExceptionContext is untyped here
