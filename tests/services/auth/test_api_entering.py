"""Captchas, registration, login and sessions over the API."""

import asyncio
import base64
import json
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from services.auth.actions.fleeting import Fleeting
from services.auth.actions.tokens import digest
from shared.contracts.events import AccountOpened, SecurityNoticed
from shared.kit import clock
from tests.conftest import events_told
from tests.services.auth.conftest import Turn
from tests.services.auth.world import PASSWORD, REGISTRATION, ZHANG, Door, as_person, opened

LOGIN = {"username": "zhang.wei", "password": PASSWORD}


async def test_a_registration_opens_an_account_that_can_log_in(door: Door) -> None:
    made = await door("POST", "/registrations", REGISTRATION)
    entered = await door.log_in("ZHANG.WEI")

    assert made.status_code == 201
    assert made.json()["username"] == "Zhang.Wei"
    assert entered.status_code == 201
    assert entered.json() == {
        "access_token": entered.json()["access_token"],
        "token_type": "bearer",
        "expires_at": entered.json()["expires_at"],
        "must_change_password": False,
        "roles": ["applicant"],
    }
    (told,) = await events_told(door.database)
    assert isinstance(told, AccountOpened)
    assert (str(told.account_id), told.email) == (made.json()["account_id"], REGISTRATION["email"])
    assert (told.opened_by, told.programmes) == ("registration", ("dezhou-talent-pool",))


async def test_the_same_key_registers_once(door: Door) -> None:
    answers = [await door("POST", "/registrations", REGISTRATION, Idempotency_Key="k1") for _ in range(3)]
    other = await door("POST", "/registrations", REGISTRATION | {"name": "李娜"}, Idempotency_Key="k1")

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["account_id"] for answer in answers}) == 1
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len(await events_told(door.database)) == 1


async def test_of_many_who_want_one_name_one_gets_it(door: Door) -> None:
    wanted = [REGISTRATION | {"username": name} for name in ("zhang.wei", "ZHANG.WEI", "ｚｈａｎｇ.wei") * 3]

    answers = await asyncio.gather(*(door("POST", "/registrations", body) for body in wanted))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 8
    taken = next(answer for answer in answers if answer.status_code == 409)
    assert (taken.json()["code"], taken.json()["errors"][0]["field"]) == ("username_taken", "username")


async def test_asking_for_taken_names_is_limited(door: Door) -> None:
    counted = "INSERT INTO attempt (kind, key) SELECT 'taken_address', '203.0.113.0/24' FROM generate_series(1, 299)"
    async with door.database.engine.begin() as connection:
        await connection.execute(text(counted))
    for _ in range(2):
        await door("POST", "/registrations", REGISTRATION)

    answer = await door("POST", "/registrations", REGISTRATION | {"username": "li.na"})

    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
    assert int(answer.headers["Retry-After"]) > 0


async def test_the_owner_of_a_known_address_is_told_once_a_day(door: Door) -> None:
    first = await door("POST", "/registrations", REGISTRATION)
    for name in ("li.na", "wang.fang"):
        again = await door("POST", "/registrations", REGISTRATION | {"username": name})
        assert again.status_code == 201

    noticed = [event for event in await events_told(door.database) if isinstance(event, SecurityNoticed)]

    assert [(str(event.account_id), event.kind) for event in noticed] == [
        (first.json()["account_id"], "address_used_again")
    ]


@pytest.mark.parametrize(
    "body",
    [{}, {"username": 5}, [], "x", None, REGISTRATION | {"role": "administrator"}, REGISTRATION | {"programme": "x"}],
)
async def test_a_bad_registration_is_refused_and_changes_nothing(door: Door, body: object) -> None:
    answer = await door("POST", "/registrations", body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert await events_told(door.database) == []


async def test_unknown_name_and_wrong_password_get_the_same_bytes(door: Door) -> None:
    await opened(door.database, ZHANG)

    answers = [await door.log_in("nobody"), await door.log_in(password="wrong")]

    assert {answer.status_code for answer in answers} == {401}
    assert {answer.json()["code"] for answer in answers} == {"bad_credentials"}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(answer.headers.items()) for answer in answers}) == 1


async def test_a_captcha_is_asked_for_and_good_once(door: Door, turn: Turn) -> None:
    turn(captcha="on")
    await opened(door.database, ZHANG)
    missing = await door("POST", "/sessions", LOGIN)
    made = (await door("POST", "/captchas")).json()
    digits = str(await door.redis.get(f"captcha:{made['captcha_id']}"))
    answer = {"captcha_id": made["captcha_id"], "captcha_text": " ".join(digits)}

    good = await door("POST", "/sessions", LOGIN | answer)
    again = await door("POST", "/sessions", LOGIN | answer)

    assert base64.b64decode(made["image"].removeprefix("data:image/png;base64,"))[:4] == b"\x89PNG"
    assert base64.b64decode(made["audio"].removeprefix("data:audio/wav;base64,"))[:4] == b"RIFF"
    assert [missing.json()["code"], again.json()["code"]] == ["captcha_wrong"] * 2
    assert (missing.status_code, good.status_code, again.status_code) == (422, 201, 422)


async def test_a_wrong_answer_burns_the_captcha(door: Door, turn: Turn) -> None:
    turn(captcha="on")
    made = (await door("POST", "/captchas")).json()
    digits = await door.redis.get(f"captcha:{made['captcha_id']}")
    wrong = {"captcha_id": made["captcha_id"], "captcha_text": "x"}

    answers = [
        await door("POST", "/sessions", LOGIN | wrong),
        await door("POST", "/sessions", LOGIN | wrong | {"captcha_text": digits}),
    ]

    assert [answer.json()["code"] for answer in answers] == ["captcha_wrong"] * 2


async def test_captchas_go_on_without_redis(door: Door, turn: Turn, monkeypatch: pytest.MonkeyPatch) -> None:
    turn(captcha="on")
    await opened(door.database, ZHANG)
    monkeypatch.setattr(door.redis, "execute_command", _away)
    monkeypatch.setattr("services.auth.actions.captchas.draw", lambda digits: (digits, ""))
    made = (await door("POST", "/captchas")).json()
    answer = {"captcha_id": made["captcha_id"], "captcha_text": made["image"]}

    entered = [await door("POST", "/sessions", LOGIN | answer) for _ in range(2)]

    assert [one.status_code for one in entered] == [201, 422]


async def _away(*_command: object, **_options: object) -> None:
    raise ConnectionError


async def test_a_session_is_resolved_and_remembered_for_the_gateway(door: Door) -> None:
    account_id = await opened(door.database, ZHANG)
    token = (await door.log_in()).json()["access_token"]

    told = await door.resolve(token)

    assert (told["account_id"], told["roles"], told["organization_id"]) == (str(account_id), ["applicant"], None)
    assert (told["must_change_password"], told["language"]) == (False, "zh")
    assert len(told["csrf"]) == 64
    assert json.loads(await door.redis.get(f"session:{digest(token)}") or "") == told
    assert 0 < await door.redis.ttl(f"session:{digest(token)}") <= 30


async def test_a_logout_is_felt_at_once(door: Door) -> None:
    await opened(door.database, ZHANG)
    token, caller = await door.entered()

    out = await door("DELETE", "/sessions/current", caller=caller)

    assert out.status_code == 204
    assert await door.redis.get(f"session:{digest(token)}") == "dead"
    assert (await door.resolve(token))["code"] == "not_found"
    await Fleeting(door.redis).remember(digest(token), {"stale": True})
    assert await door.redis.get(f"session:{digest(token)}") == "dead"


@pytest.mark.parametrize(("steps", "lives"), [([1790] * 2, True), ([1801], False), ([1700] * 25 + [701], False)])
async def test_a_session_ends_by_itself(door: Door, steps: list[int], lives: bool) -> None:
    await opened(door.database, ZHANG)
    token = (await door.log_in()).json()["access_token"]
    told = {}
    for seconds in steps:
        await door.database.act(clock.advance, seconds)
        told = await door.resolve(token)

    assert ("session_id" in told) is lives


async def test_one_sees_and_ends_ones_own_sessions_alone(door: Door) -> None:
    await opened(door.database, ZHANG)
    other_token, other = await door.entered()
    _token, mine = await door.entered()

    listed = (await door("GET", "/me/sessions", caller=mine)).json()["items"]
    strange = await door("DELETE", f"/me/sessions/{uuid4()}", caller=mine)
    ended = await door("DELETE", f"/me/sessions/{other.session_id}", caller=mine)

    assert [(UUID(item["session_id"]), item["current"]) for item in listed] == [
        (mine.session_id, True), (other.session_id, False),
    ]  # fmt: skip
    assert (strange.status_code, ended.status_code) == (404, 204)
    assert (await door.resolve(other_token))["code"] == "not_found"


async def test_a_session_of_somebody_else_cannot_be_ended(door: Door) -> None:
    await opened(door.database, ZHANG)
    token, victim = await door.entered()

    answer = await door("DELETE", f"/me/sessions/{victim.session_id}", caller=as_person(uuid4()))

    assert answer.status_code == 404
    assert "session_id" in await door.resolve(token)
