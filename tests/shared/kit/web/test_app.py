"""What every service's application does: who gets in, under which id, whether it is ready, and its clock."""

import time
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from shared.contracts.identity import Caller
from shared.contracts.refusals import Changed
from shared.kit import clock
from shared.kit.database import Database
from shared.kit.settings import Settings
from shared.kit.web import build, etag
from shared.kit.web.etags import _if_match
from tests import servers
from tests.shared.kit.web.doors import doors, passed

DOORS = [("POST", "/notes"), ("GET", "/notes"), ("GET", "/whoami"), ("POST", "/internal/clock")]


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize(
    "authorization",
    [
        "", "Bearer", "Bearer ", "Basic Z2F0ZXdheTo=", "Bearer forged.by.hand",
        passed(audience="profile")["Authorization"],
    ],
)  # fmt: skip
async def test_nobody_gets_in_without_a_pass_for_this_service(
    client: httpx.AsyncClient, method: str, path: str, authorization: str
) -> None:
    headers = {"Authorization": authorization, "X-User-Id": "1", "X-Forwarded-User": "root"}
    answer = await client.request(method, path, headers=headers, json={"what": "x", "advance_seconds": 1})

    assert (answer.status_code, answer.json()["code"]) == (401, "not_logged_in")


async def test_an_old_pass_is_refused_at_the_door(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        earlier = clock.wall() - timedelta(seconds=91)
        patch.setattr(clock, "wall", lambda: earlier)
        old = passed()

    assert (await client.get("/whoami", headers=old)).status_code == 401


@pytest.mark.parametrize("given", ["request-1", "x" * 64])
async def test_a_request_keeps_the_id_that_it_came_with(client: httpx.AsyncClient, given: str) -> None:
    answer = await client.get("/whoami", headers={"X-Request-Id": given})

    assert answer.json() == {"actor": "gateway", "request_id": given}


@pytest.mark.parametrize("given", [b"", b"x" * 65, b"a\tb", b"\x7f"])
async def test_a_request_without_a_fitting_id_gets_one(client: httpx.AsyncClient, given: bytes) -> None:
    ids = [(await client.get("/whoami", headers=[(b"x-request-id", given)])).json()["request_id"] for _ in range(2)]

    assert [UUID(found).version for found in ids] == [7, 7]
    assert ids[0] != ids[1]


@pytest.mark.parametrize(
    ("given", "seen"), [(None, None), ("*", None), ('"3"', 3), (' "3" ', 3), ('"123456789"', 123456789)]
)
async def test_what_a_caller_has_seen_is_read_from_its_tag(
    client: httpx.AsyncClient, given: str | None, seen: int | None
) -> None:
    answer = await client.put("/rows/7", headers={"If-Match": given} if given else {})

    assert answer.json() == {"seen": seen, "tag": '"7"'}


@pytest.mark.parametrize("given", ["3", 'W/"3"', '"3", "4"', '"x"', '""', '"-1"', '"1234567890"', '"三"', '"³"'])
async def test_a_tag_that_is_none_of_ours_is_told_that_something_changed(client: httpx.AsyncClient, given: str) -> None:
    answer = await client.put("/rows/7", headers=[(b"if-match", given.encode())])

    assert (answer.status_code, answer.json()["code"]) == (412, Changed.code)


def test_a_revision_reads_back_from_its_tag() -> None:
    from starlette.requests import Request

    request = Request({"type": "http", "headers": [(b"if-match", etag(12).encode())]})

    assert _if_match(request) == 12


async def test_a_service_is_ready_when_database_and_redis_answer(client: httpx.AsyncClient) -> None:
    answers = [await client.get(path) for path in ("/healthz", "/readyz")]

    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (200, {"status": "alive"}), (200, {"ready": True, "detail": ""}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("away", "detail"), [({"redis"}, "redis"), ({"database"}, "database"), ({"database", "redis"}, "database, redis")]
)
async def test_a_service_says_what_it_lacks_and_lives_on(
    app: FastAPI, kit_database: Database, monkeypatch: pytest.MonkeyPatch, away: set[str], detail: str
) -> None:
    nowhere = f"127.0.0.1:{servers.free_port()}"
    if "redis" in away:
        monkeypatch.setenv("JUXIAN_REDIS_URL", f"redis://{nowhere}/0")
    database = Database(f"postgresql://juxian@{nowhere}/none") if "database" in away else kit_database
    app = build("review", [doors], Settings(), database)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://review") as client:
        answers = [await client.get(path) for path in ("/readyz", "/healthz")]

    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (503, {"ready": False, "detail": detail}), (200, {"status": "alive"}),
    ]  # fmt: skip


async def test_the_clock_moves_where_it_may_be_moved(client: httpx.AsyncClient, kit_database: Database) -> None:
    before = await kit_database.read(clock.now)
    answer = await client.post("/internal/clock", json={"advance_seconds": 86_400})

    assert answer.status_code == 204
    assert 0 <= (await kit_database.read(clock.now) - before).total_seconds() - 86_400 < 60


@pytest.mark.parametrize("actor", ["auth", "profile", "review", "notify"])
async def test_no_service_but_the_gateway_moves_the_clock(client: httpx.AsyncClient, actor: str) -> None:
    caller = Caller(actor=next(name for name in ("auth", "profile", "review", "notify") if name == actor))
    answer = await client.post("/internal/clock", json={"advance_seconds": 1}, headers=passed(caller))

    assert answer.status_code == 403


async def test_a_clock_that_is_the_systems_is_not_moved(
    app: FastAPI, kit_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUXIAN_CLOCK", "system")
    app = build("review", [doors], Settings(), kit_database)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://review") as client:
        answer = await client.post("/internal/clock", json={"advance_seconds": 86_400}, headers=passed())
    now = await kit_database.read(clock.now)

    assert answer.status_code == 403
    assert abs(now.timestamp() - time.time()) < 3_600


@pytest.mark.parametrize("seconds", ["NaN", "Infinity", "1e400", "1e30", "-1", '"soon"', "null"])
async def test_a_clock_is_moved_by_seconds_and_nothing_else(client: httpx.AsyncClient, seconds: str) -> None:
    body = f'{{"advance_seconds": {seconds}}}'
    answer = await client.post("/internal/clock", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
