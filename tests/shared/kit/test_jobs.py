"""Jobs: a row is done once, whoever dies and whatever the broker loses or doubles."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

import pytest
from redis.asyncio import Redis
from sqlalchemy import text

from shared.kit import clock, dispatch, logs
from shared.kit.database import Database, Session
from shared.kit.jobs import GiveUp, Job, LeaseLost, Postpone, Work, claim, later
from shared.kit.lanes import slow
from shared.kit.running import run_job
from shared.kit.sweeper import QUEUE_LIMIT, Sweeper
from tests.shared.kit.toys import JOBS, QUEUE, Toy, play


@pytest.fixture
def sent() -> Iterator[list[tuple[str, str, UUID]]]:
    """What was sent to the broker."""
    messages: list[tuple[str, str, UUID]] = []
    dispatch.send_by(lambda task, queue, row_id: messages.append((task, queue, row_id)))
    yield messages
    dispatch.send_by(None)


async def add(session: Session, what: str = "") -> UUID:
    """Add a job and give its id."""
    toy = Toy(queue=QUEUE, what=what)
    later(session, toy)
    await session.flush()
    return toy.id


async def state_of(database: Database, row_id: UUID) -> tuple[str, int]:
    """A row's status and attempts."""
    async with database.engine.connect() as connection:
        row = await connection.execute(text("SELECT status, attempts FROM toy WHERE id = :id"), {"id": row_id})
        status, attempts = row.one()
        return str(status), int(attempts)


async def test_a_job_is_sent_after_its_transaction_and_not_before(
    kit_database: Database, sent: list[tuple[str, str, UUID]]
) -> None:
    async def add_and_look(session: Session) -> UUID:
        row_id = await add(session)
        assert sent == []
        return row_id

    row_id = await kit_database.act(add_and_look)

    assert sent == [("kit.toy", QUEUE, row_id)]


async def test_a_job_whose_transaction_failed_is_never_sent(
    kit_database: Database, sent: list[tuple[str, str, UUID]]
) -> None:
    async def add_and_fail(session: Session) -> None:
        await add(session)
        raise LookupError

    with pytest.raises(LookupError):
        await kit_database.act(add_and_fail)

    assert sent == []


async def test_a_job_follows_the_request_that_caused_it(
    kit_database: Database, sent: list[tuple[str, str, UUID]]
) -> None:
    seen: list[str] = []

    async def look(_work: Work[Toy]) -> None:
        seen.append(logs.request_id())

    logs.follow("request-7")
    row_id = await kit_database.act(add)
    logs.follow("another")
    await run_job(kit_database, Job(Toy, look, (QUEUE,)), row_id)

    assert seen == ["request-7"]


async def test_a_row_claimed_by_many_at_once_is_run_by_one(
    kit_database: Database, sent: list[tuple[str, str, UUID]]
) -> None:
    row_id = await kit_database.act(add)

    claimed = await asyncio.gather(*(kit_database.act(claim, Toy, row_id) for _ in range(10)))

    assert sum(row is not None for row in claimed) == 1


async def test_a_message_that_comes_twice_does_nothing_the_second_time(
    kit_database: Database, sent: list[tuple[str, str, UUID]]
) -> None:
    row_id = await kit_database.act(add)

    await run_job(kit_database, JOBS[0], row_id)
    await run_job(kit_database, JOBS[0], row_id)

    assert await state_of(kit_database, row_id) == ("done", 1)


async def test_a_job_that_fails_is_tried_as_often_as_its_policy_says(
    kit_database: Database, sent: list[tuple[str, str, UUID]]
) -> None:
    row_id = await kit_database.act(add, "fail")
    states = []
    for _ in range(4):
        await run_job(kit_database, JOBS[0], row_id)
        states.append(await state_of(kit_database, row_id))
        await kit_database.act(clock.advance, 3600)

    assert states == [("retry", 1), ("retry", 2), ("failed", 3), ("failed", 3)]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Postpone("451", after=5), "retry"),
        (GiveUp("550"), "failed"),
        (GiveUp("expired", "cancelled"), "cancelled"),
    ],
)
async def test_a_job_ends_as_it_asks(
    kit_database: Database, sent: list[tuple[str, str, UUID]], order: Exception, expected: str
) -> None:
    async def obey(_work: Work[Toy]) -> None:
        raise order

    row_id = await kit_database.act(add)
    await run_job(kit_database, Job(Toy, obey, (QUEUE,)), row_id)

    assert await state_of(kit_database, row_id) == (expected, 1)


async def test_who_lost_the_lease_cannot_finish(
    kit_database: Database, redis: Redis, sent: list[tuple[str, str, UUID]]
) -> None:
    row_id = await kit_database.act(add)
    row = await kit_database.act(claim, Toy, row_id)
    assert row is not None
    await kit_database.act(clock.advance, 31)
    await Sweeper(kit_database, redis, JOBS)._take_back(JOBS[0])
    await kit_database.act(claim, Toy, row_id)

    with pytest.raises(LeaseLost):
        await kit_database.act(Work(kit_database, row).finish)

    assert await state_of(kit_database, row_id) == ("running", 2)


async def test_a_dead_workers_row_is_taken_back_and_after_three_deaths_given_up(
    kit_database: Database, redis: Redis, sent: list[tuple[str, str, UUID]]
) -> None:
    row_id = await kit_database.act(add)
    states = []
    for _ in range(3):
        await kit_database.act(claim, Toy, row_id)
        await kit_database.act(clock.advance, 31)
        await Sweeper(kit_database, redis, JOBS)._take_back(JOBS[0])
        states.append(await state_of(kit_database, row_id))

    assert states == [("retry", 1), ("retry", 2), ("failed", 3)]


async def test_what_follows_a_failure_follows_when_the_kit_gives_up(
    kit_database: Database, redis: Redis, sent: list[tuple[str, str, UUID]]
) -> None:
    told: list[UUID] = []

    async def tell_failure(_session: Session, row_id: UUID) -> None:
        told.append(row_id)

    job = Job(Toy, play, (QUEUE,), on_failure=tell_failure)
    failing, killing = await kit_database.act(add, "fail"), await kit_database.act(add)
    for _ in range(3):
        await run_job(kit_database, job, failing)
        await kit_database.act(claim, Toy, killing)
        await kit_database.act(clock.advance, 3600)
        await Sweeper(kit_database, redis, (job,))._take_back(job)

    assert told == [failing, killing]


async def test_what_the_broker_lost_is_sent_again_and_what_is_on_its_way_is_not(
    kit_database: Database, redis: Redis, monkeypatch: pytest.MonkeyPatch, sent: list[tuple[str, str, UUID]]
) -> None:
    monkeypatch.setattr("shared.kit.sweeper.run_id", _one_run)
    row_id = await kit_database.act(add)
    sweeper = Sweeper(kit_database, redis, JOBS)
    counts = []
    for seconds in (0, 3, 3, 91):
        await kit_database.act(clock.advance, seconds)
        await sweeper.sweep()
        counts.append(sent.count(("kit.toy", QUEUE, row_id)))

    assert counts == [1, 2, 2, 3]


async def test_a_crowded_queue_gets_nothing_more(
    kit_database: Database, redis: Redis, monkeypatch: pytest.MonkeyPatch, sent: list[tuple[str, str, UUID]]
) -> None:
    monkeypatch.setattr("shared.kit.sweeper.run_id", _one_run)
    await kit_database.act(add)
    await redis.lpush(f"q:{QUEUE}", *["x"] * QUEUE_LIMIT)
    sent.clear()
    await kit_database.act(clock.advance, 3)

    await Sweeper(kit_database, redis, JOBS).sweep()

    assert sent == []


async def _one_run(_client: Redis) -> str:
    """A broker that never restarts."""
    return "one"


async def test_a_slow_lane_lets_no_more_through_at_once_than_its_pace(
    kit_database: Database, redis: Redis, monkeypatch: pytest.MonkeyPatch, sent: list[tuple[str, str, UUID]]
) -> None:
    monkeypatch.setattr("shared.kit.sweeper.run_id", _one_run)
    lane = slow(QUEUE)
    async with kit_database.engine.begin() as connection:
        for name in (QUEUE, lane):
            await connection.execute(
                text(
                    "INSERT INTO toy (id, queue, what, next_at)"
                    " SELECT gen_random_uuid(), :name, '', now() - interval '1 minute' FROM generate_series(1, 5)"
                ),
                {"name": name},
            )
    sweeper = Sweeper(kit_database, redis, (Job(Toy, play, (QUEUE, lane), slow_pace=lambda: 2),))

    rounds = list[Counter[str]]()
    for _ in range(2):
        await sweeper.sweep()
        rounds.append(Counter(queue for _, queue, _ in sent))

    assert rounds == [{QUEUE: 5, lane: 2}, {QUEUE: 5, lane: 4}]
