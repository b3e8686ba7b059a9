"""Rings: the relay is woken by who has told, and misses nothing when nobody rings."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import pytest
from redis.asyncio import Redis

from shared.kit import dispatch, relay
from shared.kit.database import Database, Session
from shared.kit.outbox import tell
from shared.kit.redis import KEY_PREFIX
from shared.kit.sending import Sender
from tests.shared.kit.hearing import STREAM, changed, tell_all

PATIENCE = 20.0


@pytest.fixture
def rung() -> Iterator[list[str]]:
    """The channels on which this process has rung."""
    heard: list[str] = []
    dispatch.ring_by(heard.append)
    yield heard
    dispatch.ring_by(None)


@pytest.fixture
def sleepy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Relays look by themselves so seldom that no test sees it."""
    monkeypatch.setattr(relay, "POLL", 10 * PATIENCE)


@pytest.fixture
async def at_work(kit_database: Database, broker: Redis) -> AsyncIterator[None]:
    """A relay that serves the database, and has begun to listen."""
    serving = asyncio.create_task(relay.Relay(kit_database, broker, "auth").run())
    await listening(broker, kit_database)
    yield
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


def channel(database: Database) -> str:
    """Where the relay of that database listens."""
    return KEY_PREFIX + dispatch.bell_of(database.url)


async def listening(broker: Redis, database: Database) -> None:
    """Wait until a relay listens."""
    async with asyncio.timeout(PATIENCE):
        while not (await broker.pubsub_numsub(channel(database)))[0][1]:  # noqa: ASYNC110 - another connection's state
            await asyncio.sleep(0.01)


async def published(broker: Redis, number: int) -> None:
    """Wait until so many events stand on the stream."""
    async with asyncio.timeout(PATIENCE):
        while await broker.xlen(STREAM) < number:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)


async def test_telling_rings_once_a_transaction_and_only_when_it_has_committed(
    kit_database: Database, rung: list[str]
) -> None:
    async def fail(session: Session) -> None:
        tell(session, changed())
        raise LookupError

    with pytest.raises(LookupError):
        await kit_database.act(fail)
    before = list(rung)
    await kit_database.act(tell_all, changed(), changed())

    assert (before, rung) == ([], [dispatch.bell_of(kit_database.url)])


async def test_a_transaction_that_tells_nothing_does_not_ring(kit_database: Database, rung: list[str]) -> None:
    await kit_database.act(tell_all)

    assert rung == []


async def test_a_relay_that_would_sleep_for_long_is_woken(
    sleepy: None, at_work: None, kit_database: Database, broker: Redis, valkey_url: str
) -> None:
    sender = Sender(valkey_url)
    dispatch.ring_by(sender._pass_on)
    for number in (1, 2, 3):
        await kit_database.act(tell_all, changed())
        await published(broker, number)
    dispatch.ring_by(None)
    sender.app.close()


async def test_nobody_need_ring(kit_database: Database, broker: Redis, at_work: None) -> None:
    dispatch.ring_by(None)
    await kit_database.act(tell_all, changed())

    await published(broker, 1)


async def test_a_relay_whose_broker_forgot_it_listens_again(
    kit_database: Database, broker: Redis, at_work: None
) -> None:
    await broker.client_kill_filter(_type="pubsub")
    await kit_database.act(tell_all, changed())

    await published(broker, 1)
    await listening(broker, kit_database)


def test_rings_that_nobody_has_passed_on_are_one(valkey_url: str) -> None:
    sender = Sender(valkey_url)
    for name in ("ring:a", "ring:b", "ring:a"):
        sender.ring(name)

    assert [sender.waiting.get_nowait() for _ in range(2)] == ["ring:a", "ring:b"]
    assert sender.waiting.empty()
