"""What cannot be answered is laid aside, once, and can be answered later."""

import json
from typing import Any, cast
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from shared.contracts.events import PasswordChanged
from shared.kit.database import Database, Session
from shared.kit.deadletters import dead_events, lay_aside
from shared.kit.inbox import replay
from shared.kit.listener import Listener
from shared.kit.relay import Relay
from tests.shared.kit.hearing import STREAM, changed, effects, note, tell_all


async def test_a_message_delivered_five_times_goes_to_the_dead_letters(
    kit_database: Database, broker: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.kit.listener.IDLE", 0)
    await kit_database.act(tell_all, changed())
    await Relay(kit_database, broker, "auth").publish()

    async def choke(_session: Session, _event: PasswordChanged) -> None:
        raise ValueError

    listener = Listener(kit_database, broker, "notify", {PasswordChanged: choke})
    await listener._join()
    await listener._round()
    for _ in range(5):
        await listener._take_over(STREAM)

    dead = await kit_database.read(dead_events)
    assert [(row.consumer, row.deliveries, row.body["type"], row.error) for row in dead] == [
        ("notify", 5, "PasswordChanged", "failed too often: ValueError")
    ]
    assert (await broker.xpending(STREAM, "notify"))["pending"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {"type": "NeverHeardOf", "v": "1", "payload": "{}"},
        {"type": "PasswordChanged", "v": "99", "payload": "{}"},
        {"type": "PasswordChanged", "v": "1", "payload": json.dumps({"surprise": True})},
        {"type": "PasswordChanged", "v": "1", "payload": "no json"},
        {"type": "PasswordChanged", "v": "1", "payload": "[]"},
        {"noise": "x"},
    ],
)
async def test_what_cannot_be_read_is_laid_aside_at_once(
    kit_database: Database, broker: Redis, body: dict[str, str]
) -> None:
    await broker.xadd(STREAM, cast("Any", {"event_id": str(uuid4()), **body}))
    listener = Listener(kit_database, broker, "notify", {PasswordChanged: note})

    await listener._join()
    await listener._round()

    assert len(await kit_database.read(dead_events)) == 1
    assert await effects(kit_database) == []
    assert (await broker.xpending(STREAM, "notify"))["pending"] == 0


async def test_a_dead_event_is_replayed_once_and_stays_when_it_fails_again(
    kit_database: Database, broker: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = changed()
    body = {"event_id": str(uuid4()), "type": "PasswordChanged", "v": "1", "payload": event.model_dump_json()}
    await kit_database.act(lay_aside, "notify", STREAM, "1-1", body, 5, "failed too often")
    (dead,) = await kit_database.read(dead_events)

    async def choke(_session: Session, _event: PasswordChanged) -> None:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the handler's own
        await kit_database.act(replay, "notify", {PasswordChanged: choke}, dead.id, "operator")
    still_there = len(await kit_database.read(dead_events))
    outcomes = [
        await kit_database.act(replay, "notify", {PasswordChanged: note}, dead.id, "operator") for _ in range(3)
    ]

    assert (still_there, outcomes) == (1, [True, False, False])
    assert await effects(kit_database) == [str(event.account_id)]
