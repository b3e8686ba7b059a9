"""Events: told with the transaction, published in order, answered once, in one transaction with their neighbours."""

from typing import Any, cast
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from shared.contracts.events import PasswordChanged
from shared.kit import logs
from shared.kit.database import Database, Session
from shared.kit.listener import Listener
from shared.kit.outbox import tell
from shared.kit.relay import Relay
from tests.shared.kit.hearing import STREAM, changed, effects, note, tell_all
from tests.shared.kit.toys import QUEUE, Toy


async def test_an_event_of_a_transaction_that_failed_is_never_told(kit_database: Database, broker: Redis) -> None:
    async def tell_and_fail(session: Session) -> None:
        tell(session, changed())
        await session.flush()
        raise LookupError

    with pytest.raises(LookupError):
        await kit_database.act(tell_and_fail)

    assert await Relay(kit_database, broker, "auth").publish() == 0


async def test_events_are_heard_once_and_in_the_order_in_which_they_were_told(
    kit_database: Database, broker: Redis
) -> None:
    events = [changed() for _ in range(5)]
    await kit_database.act(tell_all, *events)
    await Relay(kit_database, broker, "auth").publish()
    listener = Listener(kit_database, broker, "notify", {PasswordChanged: note})

    await listener._join()
    await listener._round()

    assert await effects(kit_database) == [str(event.account_id) for event in events]
    assert (await broker.xpending(STREAM, "notify"))["pending"] == 0


async def test_a_broker_that_came_back_empty_gets_everything_again_and_nothing_happens_twice(
    kit_database: Database, broker: Redis
) -> None:
    event = changed()
    await kit_database.act(tell_all, event)
    relay, listener = (
        Relay(kit_database, broker, "auth"),
        Listener(kit_database, broker, "notify", {PasswordChanged: note}),
    )
    await relay._look_for_losses()
    await relay.publish()
    await listener._join()
    await listener._round()

    await broker.flushall()
    relay.known_run_id = "the one before"
    await relay._look_for_losses()
    published = await relay.publish()
    await listener._join()
    await listener._round()

    assert published == 1
    assert await effects(kit_database) == [str(event.account_id)]


async def test_what_fails_stays_pending_and_does_not_hold_up_its_neighbours(
    kit_database: Database, broker: Redis
) -> None:
    poison, good = changed(), changed()
    await kit_database.act(tell_all, poison, good)
    await Relay(kit_database, broker, "auth").publish()

    async def choke(session: Session, event: PasswordChanged) -> None:
        await note(session, event)
        if event.account_id == poison.account_id:
            raise ValueError

    listener = Listener(kit_database, broker, "notify", {PasswordChanged: choke})
    await listener._join()
    await listener._round()

    assert await effects(kit_database) == [str(good.account_id)]
    assert (await broker.xpending(STREAM, "notify"))["pending"] == 1


async def test_an_answer_forgets_what_the_one_before_it_had_read(kit_database: Database, broker: Redis) -> None:
    await kit_database.act(tell_all, changed(), changed())
    await Relay(kit_database, broker, "auth").publish()
    seen, kept = list[int](), list[Toy]()

    async def read_and_hold(session: Session, _event: PasswordChanged) -> None:
        seen.append(len(session.sync_session.identity_map))
        kept.append(Toy(queue=QUEUE))
        session.add(kept[-1])

    listener = Listener(kit_database, broker, "notify", {PasswordChanged: read_and_hold})
    await listener._join()
    await listener._round()

    assert (seen, len(kept)) == ([0, 0], 2)


async def test_an_event_that_came_twice_in_one_reading_is_answered_once(kit_database: Database, broker: Redis) -> None:
    event = changed()
    body = {"event_id": str(uuid4()), "type": "PasswordChanged", "v": "1", "payload": event.model_dump_json()}
    for _ in range(2):
        await broker.xadd(STREAM, cast("Any", body))
    listener = Listener(kit_database, broker, "notify", {PasswordChanged: note})

    await listener._join()
    await listener._round()

    assert await effects(kit_database) == [str(event.account_id)]
    assert (await broker.xpending(STREAM, "notify"))["pending"] == 0


async def test_each_answer_carries_the_request_that_caused_its_event(kit_database: Database, broker: Redis) -> None:
    for request in ("one", "two"):
        logs.follow(request)
        await kit_database.act(tell_all, changed())
    await Relay(kit_database, broker, "auth").publish()
    followed = list[str]()

    async def note_request(_session: Session, _event: PasswordChanged) -> None:
        followed.append(logs.request_id())

    listener = Listener(kit_database, broker, "notify", {PasswordChanged: note_request})
    await listener._join()
    await listener._round()

    assert followed == ["one", "two"]


async def test_what_a_dead_hearer_held_is_taken_over(
    kit_database: Database, broker: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.kit.listener.IDLE", 0)
    event = changed()
    await kit_database.act(tell_all, event)
    await Relay(kit_database, broker, "auth").publish()
    await broker.xgroup_create(STREAM, "notify", id="0", mkstream=True)
    await broker.xreadgroup("notify", "a dead one", {STREAM: ">"}, count=10)

    await Listener(kit_database, broker, "notify", {PasswordChanged: note})._take_over(STREAM)

    assert await effects(kit_database) == [str(event.account_id)]
