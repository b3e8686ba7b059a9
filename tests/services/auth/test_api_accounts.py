"""Accounts as administrators keep them: found, masked, disabled, unlocked, mailed a link."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.auth.actions.audit import keep_entry
from services.auth.actions.telling import LINK
from shared.contracts.events import AccountChanged, AccountOpened, PasswordResetAsked
from shared.contracts.identity import Caller
from shared.kit.vault import vault
from tests.conftest import events_told, notes_told
from tests.services.auth.lists import person
from tests.services.auth.test_imports import imported
from tests.services.auth.world import (
    ADMIN,
    DEZHOU,
    HEBEI,
    OTHER_PASSWORD,
    VISITOR,
    ZHANG,
    Door,
    as_person,
    opened,
    reviewer,
)

UNKNOWN = UUID("019a0000-0000-7000-8000-00000000dead")
PATHS = [
    ("GET", "/admin/accounts", None),
    ("GET", f"/admin/accounts/{UNKNOWN}", None),
    ("PATCH", f"/admin/accounts/{UNKNOWN}", {"disabled": True}),
    ("POST", f"/admin/accounts/{UNKNOWN}/unlock", None),
    ("POST", f"/admin/accounts/{UNKNOWN}/reset", None),
    ("POST", f"/admin/reviewers/{UNKNOWN}/invitation", None),
]


@pytest.mark.parametrize(("method", "path", "body"), PATHS)
async def test_accounts_are_kept_by_administrators(
    door: Door, admin: Caller, method: str, path: str, body: object
) -> None:
    zhang = await opened(door.database, ZHANG)

    callers = (VISITOR, as_person(zhang, None, "administrator"), admin)
    codes = [(await door(method, path, body, caller)).status_code for caller in callers]

    assert codes == [401, 403, 200 if path == "/admin/accounts" else 404]


async def found(door: Door, admin: Caller, query: str) -> list[str]:
    """The usernames that a search finds."""
    answer = await door("GET", f"/admin/accounts?{query}", caller=admin)
    return [item["username"] for item in answer.json()["items"]]


async def test_accounts_are_found_by_name_pinyin_username_and_what_they_are(door: Door, admin: Caller) -> None:
    await opened(door.database, ZHANG)
    await opened(door.database, replace(ZHANG, username="lina", name="李娜", email="l@demo.juxian.test"))
    await reviewer(door.database)
    await imported(door, admin, person(1))
    await door.log_in("lina")
    asked = {
        "query=张": ["zhang.wei"],
        "query=zhangw": ["zhang.wei"],
        "query=ZW": ["zhang.wei"],
        "query=Zhang.": ["zhang.wei"],
        "query=li na": ["lina"],
        "query=%25": [],
        "kind=reviewer": ["unit-lubei"],
        "kind=administrator": ["admin"],
        f"programme={HEBEI}": ["chen.jing"],
        "state=never_logged_in&kind=applicant": ["chen.jing", "zhang.wei"],
        "state=disabled": [],
        "": ["admin", "chen.jing", "lina", "unit-lubei", "zhang.wei"],
    }

    assert {query: await found(door, admin, query) for query in asked} == asked


async def test_the_list_is_masked_and_read_page_by_page(door: Door, admin: Caller) -> None:
    await opened(door.database, ZHANG)

    first = (await door("GET", "/admin/accounts?limit=1", caller=admin)).json()
    rest = await door("GET", f"/admin/accounts?cursor={first['next_cursor']}", caller=admin)

    (item,) = rest.json()["items"]
    assert (item["email"], item["mobile"]) == ("z***@demo.juxian.test", "*******0001")
    assert (item["programmes"], item["opened_by"], item["locked"]) == ([DEZHOU], "registration", False)
    assert "13805340001" not in rest.text


async def test_one_account_shows_its_logins_and_sessions(door: Door, admin: Caller) -> None:
    zhang = await opened(door.database, ZHANG)
    await door.log_in("zhang.wei", "wrong")
    await door.log_in("zhang.wei")
    for note in await notes_told(door.database):
        await door.database.act(keep_entry, note)

    told = (await door("GET", f"/admin/accounts/{zhang}", caller=admin)).json()

    assert [(one["outcome"], one["by"]) for one in told["logins"]] == [("entered", "password"), ("failed", "password")]
    assert (len(told["sessions"]), told["passkeys"], told["import_id"]) == (1, 0, None)
    assert "203.0.113" not in str(told)


async def test_a_disabled_account_is_out_at_once_and_can_come_back(door: Door, admin: Caller) -> None:
    zhang = await opened(door.database, ZHANG)
    token, _caller = await door.entered()
    path = f"/admin/accounts/{zhang}"

    disabled = [(await door("PATCH", path, {"disabled": True}, admin)).json()["disabled"] for _ in range(2)]
    out = await door.resolve(token)
    refused = (await door.log_in()).status_code
    enabled = (await door("PATCH", path, {"disabled": False}, admin)).json()["disabled"]
    told = [event.disabled for event in await events_told(door.database) if isinstance(event, AccountChanged)]

    assert (disabled, out["code"], refused, enabled) == ([True, True], "not_found", 401, False)
    assert told == [True, False]
    assert (await door.log_in()).status_code == 201
    assert await found(door, admin, "state=enabled&query=zhang") == ["zhang.wei"]


async def test_nobody_disables_the_own_account(door: Door, admin: Caller) -> None:
    answer = await door("PATCH", f"/admin/accounts/{admin.person}", {"disabled": True}, admin)

    assert (answer.status_code, answer.json()["code"]) == (409, "own_account")


async def test_a_locked_name_is_unlocked(door: Door, admin: Caller) -> None:
    zhang = await opened(door.database, ZHANG)
    for _ in range(10):
        await door.log_in("zhang.wei", "wrong")
    locked = await found(door, admin, "state=locked")
    before = (await door.log_in()).status_code

    answer = await door("POST", f"/admin/accounts/{zhang}/unlock", caller=admin)

    assert (locked, before, answer.status_code) == (["zhang.wei"], 429, 204)
    assert (await door.log_in()).status_code == 201
    assert await found(door, admin, "state=locked") == []


async def test_a_reset_link_goes_to_the_owner_alone(door: Door, admin: Caller) -> None:
    zhang = await opened(door.database, ZHANG)

    answer = await door("POST", f"/admin/accounts/{zhang}/reset", caller=admin)
    told = (await events_told(door.database))[-1]
    assert isinstance(told, PasswordResetAsked)
    token = vault().unwrap(told.token, LINK)
    changed = await door("POST", f"/password-resets/{token}", {"new_password": OTHER_PASSWORD})

    assert (answer.status_code, answer.content, changed.status_code) == (202, b"", 204)
    assert (await door.log_in("zhang.wei", OTHER_PASSWORD)).status_code == 201
    assert [note.action for note in await notes_told(door.database)] == ["reset_sent", "password_reset", "logged_in"]


async def test_a_disabled_account_gets_no_link(door: Door, admin: Caller) -> None:
    zhang = await opened(door.database, ZHANG)
    await door("PATCH", f"/admin/accounts/{zhang}", {"disabled": True}, admin)

    answers = [await door("POST", path, caller=admin) for path in (f"/admin/accounts/{zhang}/reset",)]

    assert [answer.json()["code"] for answer in answers] == ["account_disabled"]


async def test_an_invitation_is_sent_again_until_it_is_accepted(door: Door, admin: Caller) -> None:
    office = await reviewer(door.database)
    organization_id = (await door("GET", f"/admin/accounts/{office}", caller=admin)).json()["organization"]
    body: dict[str, Any] = {
        "organization_id": organization_id["organization_id"],
        "username": "hr",
        "name": "赵敏",
        "email": "hr@demo.juxian.test",
    }
    invited = (await door("POST", "/admin/reviewers", body, admin)).json()["account_id"]

    again = await door("POST", f"/admin/reviewers/{invited}/invitation", caller=admin)
    told = [
        event for event in await events_told(door.database) if isinstance(event, AccountOpened) and event.link_token
    ]
    first, second = (vault().unwrap(event.link_token or "", LINK) for event in told)
    codes = [
        (await door("POST", f"/password-resets/{token}", {"new_password": OTHER_PASSWORD})).status_code
        for token in (first, second)
    ]
    late = await door("POST", f"/admin/reviewers/{invited}/invitation", caller=admin)

    assert (again.status_code, codes) == (202, [410, 204])
    assert [event.version for event in told] == [1, 2]
    assert (late.status_code, late.json()["code"]) == (409, "invitation_accepted")


async def test_who_was_only_invited_gets_the_invitation_for_a_reset(door: Door, admin: Caller) -> None:
    await opened(door.database, replace(ADMIN, username="a", email="a@demo.juxian.test"))
    organization_id = (await door("GET", "/organizations", caller=admin)).json()["items"][0]["organization_id"]
    body = {"organization_id": organization_id, "username": "hr", "name": "赵敏", "email": "hr@demo.juxian.test"}
    invited = (await door("POST", "/admin/reviewers", body, admin)).json()["account_id"]

    await door("POST", f"/admin/accounts/{invited}/reset", caller=admin)

    told = [
        event for event in await events_told(door.database) if isinstance(event, AccountOpened) and event.link_token
    ]
    assert [str(event.account_id) for event in told] == [invited, invited]
