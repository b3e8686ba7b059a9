"""Idempotency keys: a request that comes again gets its first answer, and nothing happens twice."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from shared.contracts.identity import Caller
from shared.kit import clock, database as kit
from shared.kit.database import Database
from tests.shared.kit.web.doors import passed, written

NOTE = {"what": "一次"}
KEY = {"Idempotency-Key": "key-1"}


async def test_the_same_request_gets_the_same_answer_and_creates_once(
    client: httpx.AsyncClient, kit_database: Database
) -> None:
    first = await client.post("/notes", json=NOTE, headers=KEY)
    second = await client.post("/notes", json=NOTE, headers=KEY)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json() == {"id": 1, "what": "一次"}
    assert await written(kit_database) == ["一次"]


async def test_without_a_key_each_request_creates(client: httpx.AsyncClient, kit_database: Database) -> None:
    for _ in range(2):
        await client.post("/notes", json=NOTE)

    assert await written(kit_database) == ["一次", "一次"]


@pytest.mark.parametrize(("path", "what"), [("/notes", "anders"), ("/other-notes", "一次")])
async def test_a_key_that_comes_with_another_request_is_refused(
    client: httpx.AsyncClient, kit_database: Database, path: str, what: str
) -> None:
    await client.post("/notes", json=NOTE, headers=KEY)
    answer = await client.post(path, json={"what": what}, headers=KEY)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert await written(kit_database) == ["一次"]


async def test_ten_at_once_create_once_and_all_get_the_same_answer(
    client: httpx.AsyncClient, kit_database: Database
) -> None:
    answers = await asyncio.gather(*(client.post("/notes", json=NOTE, headers=KEY) for _ in range(10)))

    assert [answer.status_code for answer in answers] == [201] * 10
    assert len({answer.content for answer in answers}) == 1
    assert await written(kit_database) == ["一次"]


async def test_two_people_may_use_the_same_key(client: httpx.AsyncClient, kit_database: Database) -> None:
    for _ in range(2):
        caller = Caller(actor="gateway", account_id=uuid4())
        answer = await client.post("/notes", json=NOTE, headers=KEY | passed(caller))
        assert answer.status_code == 201

    assert await written(kit_database) == ["一次", "一次"]


async def test_a_refused_action_keeps_nothing_and_may_be_tried_again(
    client: httpx.AsyncClient, kit_database: Database
) -> None:
    refused = [await client.post("/notes", json={"what": "refuse"}, headers=KEY) for _ in range(2)]
    good = await client.post("/notes", json=NOTE, headers=KEY)

    assert [answer.status_code for answer in (*refused, good)] == [409, 409, 201]
    assert await written(kit_database) == ["一次"]


async def test_after_a_day_a_key_is_new(client: httpx.AsyncClient, kit_database: Database) -> None:
    for ahead in (0, 86_000, 500):
        await kit_database.act(clock.advance, ahead)
        await client.post("/notes", json=NOTE, headers=KEY)

    assert await written(kit_database) == ["一次", "一次"]


async def test_who_asks_again_after_an_unsure_commit_gets_the_first_answer(
    client: httpx.AsyncClient, kit_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(point: str) -> None:
        if point == "after_commit":
            raise ConnectionResetError

    with monkeypatch.context() as patch:
        patch.setattr(kit, "fault_point", lose)
        unsure = await client.post("/notes", json=NOTE, headers=KEY)
    again = await client.post("/notes", json=NOTE, headers=KEY)

    assert (unsure.status_code, unsure.headers["retry-after"]) == (503, "2")
    assert (again.status_code, again.json()) == (201, {"id": 1, "what": "一次"})
    assert await written(kit_database) == ["一次"]


async def test_the_kept_answer_cannot_be_read_in_the_table(client: httpx.AsyncClient, kit_database: Database) -> None:
    await client.post("/notes", json=NOTE, headers=KEY)

    async with kit_database.engine.connect() as connection:
        kept = (await connection.execute(text("SELECT status, answer FROM idempotency"))).one()
    assert kept[0] == 201
    assert "一次" not in kept[1]
    assert '"id"' not in kept[1]


@pytest.mark.parametrize("key", [b"", b"x" * 201, b"a\tb", b"\x85"])
async def test_a_key_that_is_none_is_refused(client: httpx.AsyncClient, kit_database: Database, key: bytes) -> None:
    answer = await client.post("/notes", json=NOTE, headers=[(b"idempotency-key", key)])

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "idempotency_key_invalid")
    assert await written(kit_database) == []


@pytest.mark.parametrize("key", [b"x" * 200, "é".encode("latin-1"), b"' OR 1=1 --"])
async def test_any_other_key_holds(client: httpx.AsyncClient, kit_database: Database, key: bytes) -> None:
    for _ in range(2):
        answer = await client.post("/notes", json=NOTE, headers=[(b"idempotency-key", key)])
        assert answer.status_code == 201

    assert await written(kit_database) == ["一次"]
