"""The database: what collides is tried again, what is away is refused in time, and what was cut off heals."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError, TimeoutError as PoolTimeout

from shared.contracts.refusals import Conflict, Unavailable
from shared.kit import database as kit
from shared.kit.database import Database, Session
from tests import servers

COLLIDE = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$"


@pytest.fixture
async def small(kit_url: str) -> AsyncIterator[Database]:
    """A database with a pool of one connection that nobody waits for long."""
    database = Database(kit_url, pool_size=1)
    database.engine.pool._timeout = 0.05  # type: ignore[attr-defined]  # two seconds in earnest
    yield database
    await database.close()


async def note(session: Session, what: str) -> None:
    """Leave a trace."""
    await session.execute(text("INSERT INTO effect (what) VALUES (:what)"), {"what": what})


async def notes(session: Session) -> list[str]:
    """The traces in order."""
    return list((await session.execute(text("SELECT what FROM effect ORDER BY id"))).scalars())


class Colliding:
    """An action that collides so many times, then leaves a trace."""

    def __init__(self, times: int, state: str = "40001") -> None:
        """Nothing was tried yet."""
        self.times, self.state, self.tried = times, state, 0

    async def __call__(self, session: Session) -> int:
        """Collide, or note and answer how often it was tried."""
        self.tried += 1
        await note(session, f"try {self.tried}")
        if self.tried <= self.times:
            await session.execute(text(COLLIDE.format(state=self.state)))
        return self.tried


@pytest.mark.parametrize("state", ["40001", "40P01"])
@pytest.mark.parametrize("times", [0, 1, 3])
async def test_what_collides_is_tried_again_and_has_one_effect(kit_database: Database, state: str, times: int) -> None:
    assert await kit_database.act(Colliding(times, state)) == times + 1

    assert await kit_database.read(notes) == [f"try {times + 1}"]


async def test_what_collides_for_ever_is_refused_after_three_more_tries(kit_database: Database) -> None:
    action = Colliding(99)

    with pytest.raises(Unavailable) as refused:
        await kit_database.act(action)

    assert (action.tried, refused.value.retry_after) == (4, 2)
    assert await kit_database.read(notes) == []


async def test_a_pool_that_is_empty_at_the_last_try_is_refused_like_at_the_first(kit_database: Database) -> None:
    class Unlucky(Colliding):
        async def __call__(self, session: Session) -> int:
            if self.tried == 3:
                raise PoolTimeout
            return await super().__call__(session)

    with pytest.raises(Unavailable):
        await kit_database.act(Unlucky(99))


async def test_two_that_lock_each_other_both_get_their_way(kit_database: Database) -> None:
    await kit_database.act(note, "a")
    await kit_database.act(note, "b")
    met = asyncio.Barrier(2)
    tries: list[str] = []

    async def mark(session: Session, *order: str) -> None:
        tries.append(order[0])
        for what in order:
            await session.execute(text("UPDATE effect SET what = what || '!' WHERE what ^@ :what"), {"what": what})
            if len(tries) == 2 and what == order[0]:
                await met.wait()

    async with asyncio.timeout(30):
        await asyncio.gather(kit_database.act(mark, "a", "b"), kit_database.act(mark, "b", "a"))

    assert len(tries) == 3
    assert sorted(await kit_database.read(notes)) == ["a!!", "b!!"]


async def test_a_refusal_takes_back_what_was_done_and_is_not_tried_again(kit_database: Database) -> None:
    tried: list[int] = []

    async def refuse(session: Session) -> None:
        tried.append(1)
        await note(session, "in vain")
        raise Conflict

    with pytest.raises(Conflict):
        await kit_database.act(refuse)

    assert (tried, await kit_database.read(notes)) == ([1], [])


async def test_a_wrong_statement_is_an_error_and_no_refusal(kit_database: Database) -> None:
    async def err(session: Session) -> None:
        await session.execute(text("SELECT nothing FROM nowhere"))

    async def break_the_law(session: Session) -> None:
        await session.execute(text("INSERT INTO effect (what) VALUES (NULL)"))

    with pytest.raises(ProgrammingError):
        await kit_database.read(err)
    with pytest.raises(IntegrityError):
        await kit_database.act(break_the_law)


async def test_a_database_that_is_away_is_refused() -> None:
    away = Database(f"postgresql://juxian@127.0.0.1:{servers.free_port()}/nothing")

    with pytest.raises(Unavailable):
        await away.act(note, "never")
    with pytest.raises(Unavailable):
        await away.read(notes)
    assert not await away.is_ready()


async def test_a_server_that_turns_clients_away_is_refused_like_one_that_is_away(kit_url: str) -> None:
    with psycopg.connect(kit_url, autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS kit_nobody")
        admin.execute("CREATE ROLE kit_nobody LOGIN PASSWORD 'x' CONNECTION LIMIT 0")
        address = kit_url.partition("@")[2]
        crowded = Database(f"postgresql://kit_nobody:x@{address}")
        with pytest.raises(Unavailable):
            await crowded.read(notes)
        admin.execute("DROP ROLE kit_nobody")


async def test_a_pool_in_which_nothing_comes_free_is_refused_in_time(kit_database: Database, small: Database) -> None:
    async with small.transaction() as session:
        await note(session, "busy")
        async with asyncio.timeout(10):
            with pytest.raises(Unavailable):
                await small.act(note, "one too many")
            with pytest.raises(Unavailable):
                await small.read(notes)
            assert not await small.is_ready()

    assert await small.read(notes) == ["busy"]


def test_nobody_waits_for_a_connection_longer_than_two_seconds() -> None:
    assert Database("postgresql://x@127.0.0.1/x").engine.pool.timeout() == 2  # type: ignore[attr-defined]  # QueuePool


async def test_a_statement_that_takes_too_long_is_refused(kit_url: str) -> None:
    hasty = Database(kit_url, statement_timeout=50)

    async def linger(session: Session) -> None:
        await session.execute(text("SELECT pg_sleep(30)"))

    with pytest.raises(Unavailable):
        await hasty.read(linger)
    await hasty.close()


async def test_a_connection_that_was_cut_off_heals_at_the_next_request(kit_database: Database, kit_url: str) -> None:
    async def give_up_the_connection(session: Session) -> None:
        pid = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        with psycopg.connect(kit_url, autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        await note(session, "lost")

    with pytest.raises(Unavailable):
        await kit_database.act(give_up_the_connection)
    await kit_database.act(note, "healed")

    assert await kit_database.read(notes) == ["healed"]


async def test_one_connection_that_was_cut_off_renews_all_of_them(kit_database: Database, kit_url: str) -> None:
    await asyncio.gather(*(kit_database.act(note, "before") for _ in range(5)))
    with psycopg.connect(kit_url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    with pytest.raises(Unavailable):
        await kit_database.act(note, "lost")
    await asyncio.gather(*(kit_database.act(note, "after") for _ in range(5)))

    assert await kit_database.read(notes) == ["before"] * 5 + ["after"] * 5


async def test_a_commit_whose_answer_was_lost_is_refused_as_away(
    kit_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(point: str) -> None:
        if point == "after_commit":
            raise ConnectionResetError

    monkeypatch.setattr(kit, "fault_point", lose)
    with pytest.raises(Unavailable):
        await kit_database.act(note, "kept all the same")

    assert await kit_database.read(notes) == ["kept all the same"]
