"""Whatever bytes lie in a stream, the listener goes on: noise is laid aside, has no effect, and holds up no event."""

import json
import random
from typing import Any
from uuid import uuid4

import pytest
from redis.asyncio import Redis
from sqlalchemy import text

from shared.contracts.events import PasswordChanged
from shared.kit.database import Database
from shared.kit.deadletters import dead_events
from shared.kit.listener import Listener
from tests.shared.kit.hearing import STREAM, changed, effects, note

NAMES = (b"type", b"v", b"payload", b"event_id", b"request_id", b"\xff", b"")
PIECES = (
    b"PasswordChanged", b"1", b"99", b"{}", b"[]", b"null", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"", b"{" * 200,
    b"[" * 30_000, b"\xf0\x9f\x92\xa3" * 10, b"9" * 5000, b"-0", b"NaN", b'"\\ud800"', b'{"a": "\\u0000"}', b"1e999999",
    str(uuid4()).encode(), b'{"account_id": 1e999, "changed_at": "\\u0000", "by_reset": {}}',
)  # fmt: skip


def noise(count: int) -> list[dict[bytes, bytes]]:
    """Messages by chance: most look like an event in part, none is one."""
    chance = random.Random(4)
    made = [
        {name: chance.choice((*PIECES, chance.randbytes(20))) for name in chance.sample(NAMES, chance.randint(1, 7))}
        for _ in range(count)
    ]
    like = {b"type": b"PasswordChanged", b"v": b"1", b"event_id": str(uuid4()).encode()}
    return [*made, *({**like, b"payload": piece} for piece in PIECES), *({**like, b"v": piece} for piece in PIECES)]


async def test_noise_is_laid_aside_and_what_comes_behind_it_is_heard(kit_database: Database, broker: Redis) -> None:
    listener = Listener(kit_database, broker, "notify", {PasswordChanged: note})
    await listener._join()
    messages: Any = noise(60)
    async with broker.pipeline(transaction=False) as pipe:
        for message in messages:
            pipe.xadd(STREAM, message)
        await pipe.execute()
    event = changed()
    good: Any = {"type": "PasswordChanged", "v": "1", "event_id": str(uuid4()), "payload": event.model_dump_json()}
    await broker.xadd(STREAM, good)

    while (await broker.xinfo_groups(STREAM))[0]["lag"]:
        await listener._round()

    assert await effects(kit_database) == [str(event.account_id)]
    assert (await broker.xpending(STREAM, "notify"))["pending"] == 0
    assert len(await kit_database.read(dead_events)) == len(messages)


async def test_noise_that_a_dead_hearer_held_is_laid_aside_too(
    kit_database: Database, broker: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.kit.listener.IDLE", 0)
    listener = Listener(kit_database, broker, "notify", {PasswordChanged: note})
    await listener._join()
    for message in ({b"\xff": b"\xff"}, {b"type": b"\x00"}, {b"payload": json.dumps({"a": "\x00"}).encode()}):
        await broker.xadd(STREAM, message)  # type: ignore[arg-type]  # bytes are as good
    await broker.xreadgroup("notify", "dead", {STREAM: ">"})

    await listener._take_over(STREAM)

    assert (await broker.xpending(STREAM, "notify"))["pending"] == 0
    async with kit_database.engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM dead_event"))).scalar_one() == 3
