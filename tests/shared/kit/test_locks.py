"""One at a time: whoever holds the lock works, and the next takes over when it is let go or lost."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import psycopg
import pytest

from shared.kit import locks, stopping
from shared.kit.database import Database
from shared.kit.locks import LockLostError, only_one

LOCKS = """
    SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@pytest.fixture(autouse=True)
def ask_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for the lock, and watch it, every few milliseconds."""
    for module, name in ((locks, "ASK_AGAIN"), (locks, "TOLD_AGAIN"), (stopping, "TOLD_AGAIN")):
        monkeypatch.setattr(module, name, 0.02)


@pytest.fixture
async def another(kit_url: str) -> AsyncIterator[Database]:
    """The same database as another process sees it."""
    database = Database(kit_url)
    yield database
    await database.close()


async def work(database: Database, begun: asyncio.Event, done: asyncio.Event) -> None:
    """Say that the work has begun, and go on until it is told that it is done."""
    async with only_one(database, "work"):
        begun.set()
        await done.wait()


def holders(url: str) -> list[int]:
    """The server's processes that hold a lock."""
    with psycopg.connect(url) as connection:
        return [pid for (pid,) in connection.execute(LOCKS).fetchall()]


async def test_the_second_waits_until_the_first_is_done(kit_database: Database, another: Database) -> None:
    begun, done = [asyncio.Event(), asyncio.Event()], [asyncio.Event(), asyncio.Event()]
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        first = group.create_task(work(kit_database, begun[0], done[0]))
        await begun[0].wait()
        group.create_task(work(another, begun[1], done[1]))
        done[0].set()
        await first
        await begun[1].wait()
        done[1].set()


async def test_two_at_once_never_work_together(kit_database: Database, another: Database, kit_url: str) -> None:
    at_work: list[int] = []
    most: list[int] = []

    async def count(database: Database) -> None:
        async with only_one(database, "work"):
            at_work.append(1)
            most.append(len(at_work))
            await asyncio.gather(*(database.is_ready() for _ in range(3)))
            at_work.pop()

    async with asyncio.timeout(20):
        await asyncio.gather(*(count(database) for database in (kit_database, another) * 3))

    assert most == [1] * 6


async def test_locks_of_other_names_do_not_wait(kit_database: Database, another: Database) -> None:
    async with asyncio.timeout(20), only_one(kit_database, "relay"), only_one(another, "sweeper"):
        pass


async def test_a_lock_is_let_go_with_its_block_however_it_ends(kit_database: Database, kit_url: str) -> None:
    async with only_one(kit_database, "work"):
        assert len(holders(kit_url)) == 1
    with pytest.raises(LookupError):
        async with only_one(kit_database, "work"):
            raise LookupError

    await until_nobody_holds(kit_url)


async def test_who_loses_its_connection_stops_and_the_second_takes_over(
    kit_database: Database, another: Database, kit_url: str
) -> None:
    begun, done = [asyncio.Event(), asyncio.Event()], [asyncio.Event(), asyncio.Event()]
    async with asyncio.timeout(20):
        first = asyncio.create_task(work(kit_database, begun[0], done[0]))
        await begun[0].wait()
        second = asyncio.create_task(work(another, begun[1], done[1]))
        with psycopg.connect(kit_url, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(%s)", holders(kit_url))
        with pytest.raises(LockLostError):
            await first
        await begun[1].wait()
        done[1].set()
        await second


async def test_who_is_told_to_stop_stops_as_told_and_not_for_a_lost_lock(kit_database: Database, kit_url: str) -> None:
    begun = asyncio.Event()
    task = asyncio.create_task(work(kit_database, begun, asyncio.Event()))
    async with asyncio.timeout(20):
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until_nobody_holds(kit_url)


@pytest.mark.parametrize("times", [1, 3])
async def test_who_loses_the_lock_stops_whatever_swallows_a_cancellation(
    kit_database: Database, kit_url: str, times: int
) -> None:
    begun = asyncio.Event()

    async def deaf() -> None:
        """Work on through so many cancellations."""
        async with only_one(kit_database, "work"):
            begun.set()
            for _ in range(times):
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.Event().wait()
            await asyncio.Event().wait()

    task = asyncio.create_task(deaf())
    async with asyncio.timeout(20):
        await begun.wait()
        with psycopg.connect(kit_url, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(%s)", holders(kit_url))
        with pytest.raises(LockLostError):
            await task
    assert task.cancelling() == 0


async def test_a_watch_that_swallows_its_cancellation_holds_nobody_up(
    kit_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asyncio.Event()

    async def deaf(watch: object) -> bool:
        """Swallow the first cancellation, as a wait for an answer may."""
        if not asked.is_set():
            asked.set()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
        return False

    monkeypatch.setattr(locks._Watch, "_holds", deaf)
    async with asyncio.timeout(20), only_one(kit_database, "work"):
        await asked.wait()


async def until_nobody_holds(url: str) -> None:
    """Wait until the server has noticed that a connection was closed."""
    async with asyncio.timeout(10):
        while holders(url):  # noqa: ASYNC110 - another process's state has no event to wait for
            await asyncio.sleep(0.01)
