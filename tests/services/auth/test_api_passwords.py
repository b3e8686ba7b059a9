"""Passwords over the API: changed, forgotten, initial."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from services.auth.actions.telling import LINK
from shared.contracts.events import PasswordChanged, PasswordResetAsked
from shared.kit.vault import vault
from tests.conftest import events_told
from tests.services.auth.world import (
    HEBEI,
    ID_NUMBER,
    OTHER_PASSWORD,
    PASSWORD,
    ZHANG,
    Door,
    as_person,
    opened,
    reviewer,
)

CHANGE = {"current_password": PASSWORD, "new_password": OTHER_PASSWORD}
ASSIGNED = replace(
    ZHANG,
    username="zhao.lei",
    name="赵磊",
    programme=HEBEI,
    registration=None,
    imported={
        "name": "赵磊",
        "id_number": ID_NUMBER,
        "mobile": "13805340001",
        "email": ZHANG.email,
        "organization_id": None,
    },
    new=True,
)


async def test_a_changed_password_ends_every_other_session(door: Door) -> None:
    account_id = await opened(door.database, ZHANG)
    other, _ = await door.entered()
    mine, caller = await door.entered()

    answer = await door("POST", "/me/password", CHANGE, caller)

    assert (answer.status_code, answer.content) == (204, b"")
    assert (await door.resolve(other))["code"] == "not_found"
    assert "session_id" in await door.resolve(mine)
    assert [(await door.log_in(password=word)).status_code for word in (PASSWORD, OTHER_PASSWORD)] == [401, 201]
    told = (await events_told(door.database))[-1]
    assert isinstance(told, PasswordChanged)
    assert (told.account_id, told.by_reset) == (account_id, False)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"current_password": "wrong"}, "current_password", "current_password_wrong"),
        ({"new_password": PASSWORD}, "new_password", "password_unchanged"),
        ({"new_password": "short"}, "new_password", "password_too_short"),
        ({"new_password": "password123"}, "new_password", "password_too_weak"),
        ({"new_password": "k" * 129}, "new_password", "password_too_long"),
        ({"new_password": "k" * 1001}, "new_password", "too_long"),
        ({"new_password": 12345678}, "new_password", "wrong_type"),
    ],
)
async def test_a_bad_new_password_is_refused(door: Door, change: dict[str, object], field: str, code: str) -> None:
    caller = as_person(await opened(door.database, ZHANG))

    answer = await door("POST", "/me/password", CHANGE | change, caller)
    (fault,) = answer.json()["errors"]

    assert (answer.status_code, fault["field"], fault["code"]) == (422, field, code)
    assert (await door.log_in()).status_code == 201


async def test_the_present_password_cannot_be_guessed_with_a_stolen_session(door: Door) -> None:
    caller = as_person(await opened(door.database, ZHANG))
    tries = [await door("POST", "/me/password", CHANGE | {"current_password": f"no{n}"}, caller) for n in range(11)]

    assert [answer.status_code for answer in tries] == [422] * 10 + [429]


async def test_a_reviewers_password_has_twelve_characters(door: Door) -> None:
    caller = as_person(await reviewer(door.database))

    answer = await door("POST", "/me/password", CHANGE | {"new_password": "x7!kQ2#pL9v"}, caller)

    assert "12" in answer.json()["errors"][0]["message"]


async def test_an_initial_password_must_be_changed_and_the_session_goes_on(door: Door) -> None:
    await opened(door.database, ASSIGNED)
    entered = await door.log_in("zhao.lei")
    token, caller = await door.entered("zhao.lei")
    before = (await door.resolve(token))["must_change_password"]

    same = await door("POST", "/me/password", CHANGE | {"new_password": PASSWORD}, caller)
    changed = await door("POST", "/me/password", CHANGE, caller)

    assert (entered.json()["must_change_password"], before) == (True, True)
    assert (same.status_code, changed.status_code) == (422, 204)
    assert (await door.resolve(token))["must_change_password"] is False
    assert (await door.log_in("zhao.lei", OTHER_PASSWORD)).json()["must_change_password"] is False


async def test_an_initial_password_that_ran_out_is_a_wrong_one(door: Door) -> None:
    await opened(door.database, ASSIGNED)
    async with door.database.engine.begin() as connection:
        await connection.execute(text("UPDATE account SET password_ends_at = now() - interval '1 second'"))

    assert (await door.log_in("zhao.lei")).status_code == 401


async def reset_link(door: Door) -> str:
    """Ask for a link and read its letter."""
    answer = await door("POST", "/password-resets", {"username": "zhang.wei", "email": ZHANG.email})
    assert (answer.status_code, answer.content) == (202, b"")
    asked = [event for event in await events_told(door.database) if isinstance(event, PasswordResetAsked)]
    return vault().unwrap(asked[-1].token, LINK)


async def test_a_forgotten_password_is_set_anew_once(door: Door) -> None:
    await opened(door.database, ZHANG)
    session, _ = await door.entered()
    token = await reset_link(door)

    answers = [await door("POST", f"/password-resets/{token}", {"new_password": OTHER_PASSWORD}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 410]
    assert answers[1].json()["code"] == "reset_link_dead"
    assert (await door.resolve(session))["code"] == "not_found"
    assert [(await door.log_in(password=word)).status_code for word in (PASSWORD, OTHER_PASSWORD)] == [401, 201]


async def test_a_bad_password_leaves_the_link_unspent(door: Door) -> None:
    await opened(door.database, ZHANG)
    token = await reset_link(door)

    answers = [
        await door("POST", f"/password-resets/{token}", {"new_password": word})
        for word in ("short", PASSWORD, OTHER_PASSWORD)
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 204]


async def test_a_dead_link_is_said_before_the_password_is_judged(door: Door) -> None:
    answer = await door("POST", "/password-resets/unknown", {"new_password": "short"}, Accept_Language="en")

    assert (answer.status_code, answer.json()["detail"]) == (410, "This link no longer works; ask for a new one.")


async def test_a_wrong_pair_gets_the_manuals_sentence(door: Door) -> None:
    await opened(door.database, ZHANG)
    bodies = [{"username": "zhang.wei", "email": "x@y.cn"}, {"username": "nobody", "email": ZHANG.email}]

    answers = [await door("POST", "/password-resets", body) for body in bodies]

    assert len({answer.content for answer in answers}) == 1
    assert (answers[0].status_code, answers[0].json()["code"]) == (422, "account_email_mismatch")
    assert answers[0].json()["detail"] == "填写的帐号和邮箱不匹配，请核查后重试"
