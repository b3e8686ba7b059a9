"""Passkeys over the API: added by who knows the password, good for logging in without a name, revoked at once."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from services.auth.actions.cleaning import clean
from shared.contracts.identity import Caller
from tests.conftest import notes_told
from tests.services.auth.authenticator import PRESENT, Authenticator
from tests.services.auth.conftest import Turn
from tests.services.auth.world import ADMIN, PASSWORD, VISITOR, ZHANG, Door, opened, reviewer


@pytest.fixture
async def zhang(door: Door) -> Caller:
    """张伟, logged in by password."""
    await opened(door.database, ZHANG)
    return (await door.entered())[1]


async def challenge(door: Door, caller: Caller) -> dict[str, Any]:
    """Begin to add a passkey."""
    answer = await door("POST", "/me/passkeys/challenges", {"current_password": PASSWORD}, caller)
    assert answer.status_code == 201
    told: dict[str, Any] = answer.json()
    return told


async def add(door: Door, caller: Caller, device: Authenticator, name: str = "办公电脑") -> httpx.Response:
    """Add a passkey."""
    told = await challenge(door, caller)
    body = {"challenge_id": told["challenge_id"], "name": name, "credential": device.create(told["options"])}
    return await door("POST", "/me/passkeys", body, caller)


async def enter(door: Door, device: Authenticator) -> httpx.Response:
    """Log in by the passkey."""
    told = (await door("POST", "/sessions/passkey/challenges")).json()
    body = {"challenge_id": told["challenge_id"], "credential": device.get(told["options"])}
    return await door("POST", "/sessions/passkey", body)


async def test_a_passkey_logs_in_without_a_username(door: Door, zhang: Caller) -> None:
    device = Authenticator()
    added = await add(door, zhang, device)
    entered = await enter(door, device)
    listed = (await door("GET", "/me/passkeys", caller=zhang)).json()
    told = await door.resolve(entered.json()["access_token"])

    assert (added.status_code, added.json()["name"], added.json()["synced"]) == (201, "办公电脑", False)
    assert (entered.status_code, entered.json()["roles"]) == (201, ["applicant"])
    assert entered.headers["Juxian-Device"]
    assert told["account_id"] == str(zhang.person)
    assert [item["last_used_at"] is not None for item in listed["items"]] == [True]
    assert listed["required"] is False


async def test_the_options_ask_for_a_key_that_the_device_keeps(door: Door, zhang: Caller) -> None:
    device = Authenticator()
    first = await challenge(door, zhang)
    await add(door, zhang, device)
    second = await challenge(door, zhang)
    login = (await door("POST", "/sessions/passkey/challenges")).json()["options"]

    options = first["options"]
    assert options["rp"] == {"name": "聚贤", "id": "localhost"}
    assert (options["authenticatorSelection"]["residentKey"], options["user"]["name"]) == ("required", "zhang.wei")
    assert options["authenticatorSelection"]["userVerification"] == login["userVerification"] == "required"
    assert (login["rpId"], login.get("allowCredentials")) == ("localhost", [])
    assert len(second["options"]["excludeCredentials"]) == 1
    assert options["challenge"] != second["options"]["challenge"]


@pytest.mark.parametrize(
    "lie", [{"origin": "https://evil.example"}, {"rp_id": "evil.example"}, {"flags": PRESENT}], ids=str
)
async def test_a_passkey_of_another_page_or_nobody_is_not_added(door: Door, zhang: Caller, lie: dict[str, Any]) -> None:
    answer = await add(door, zhang, Authenticator(**lie))

    assert (answer.status_code, answer.json()["code"]) == (422, "passkey_refused")


@pytest.mark.parametrize(
    "lie", [{"origin": "https://evil.example"}, {"rp_id": "evil.example"}, {"flags": PRESENT}, {"handle": bytes(16)}],
    ids=str,
)  # fmt: skip
async def test_a_signature_for_another_page_logs_nobody_in(door: Door, zhang: Caller, lie: dict[str, Any]) -> None:
    device = Authenticator()
    await add(door, zhang, device)

    answer = await enter(door, replace(device, **lie))
    unknown = await enter(door, Authenticator(handle=zhang.person.bytes))

    assert (answer.status_code, answer.json()["code"]) == (401, "passkey_unknown")
    assert answer.json() == unknown.json()


async def test_another_key_under_the_same_id_logs_nobody_in(door: Door, zhang: Caller) -> None:
    device = Authenticator()
    await add(door, zhang, device)

    answer = await enter(door, replace(device, key=Authenticator().key))

    assert answer.status_code == 401


async def test_a_copied_passkey_is_noticed_by_its_counter(door: Door, zhang: Caller) -> None:
    device = Authenticator()
    await add(door, zhang, device)
    copy = replace(device)

    codes = [(await enter(door, one)).status_code for one in (device, device, copy)]

    assert codes == [201, 201, 401]


async def test_a_passkey_that_never_counts_is_good(door: Door, zhang: Caller) -> None:
    device = Authenticator(counts=False)
    await add(door, zhang, device)

    assert [(await enter(door, device)).status_code for _ in range(2)] == [201, 201]


async def test_a_challenge_is_good_for_one_answer_five_minutes_and_its_owner(door: Door, zhang: Caller) -> None:
    device = Authenticator()
    await add(door, zhang, device)
    told = (await door("POST", "/sessions/passkey/challenges")).json()
    body = {"challenge_id": told["challenge_id"], "credential": device.get(told["options"])}
    twice = [await door("POST", "/sessions/passkey", body) for _ in range(2)]
    mine = await challenge(door, zhang)
    async with door.database.engine.begin() as connection:
        await connection.execute(text("UPDATE passkey_challenge SET ends_at = juxian_now()"))
    late_body = {"challenge_id": mine["challenge_id"], "name": "x", "credential": device.create(mine["options"])}
    late = await door("POST", "/me/passkeys", late_body, zhang)
    await opened(door.database, ADMIN)
    other = (await door.entered("admin"))[1]
    mine = await challenge(door, zhang)
    stolen_body = {**late_body, "challenge_id": mine["challenge_id"]}
    stolen = await door("POST", "/me/passkeys", stolen_body, other)

    assert [answer.status_code for answer in twice] == [201, 422]
    assert [answer.json()["code"] for answer in (twice[1], late, stolen)] == ["challenge_dead"] * 3


async def test_what_is_no_credential_is_refused_without_surprise(door: Door, zhang: Caller) -> None:
    for credential in ({}, {"id": "a", "rawId": "!", "type": "x", "response": {}}, {"id": 1}, "x", None):
        told = (await door("POST", "/sessions/passkey/challenges")).json()
        body = {"challenge_id": told["challenge_id"], "credential": credential}
        assert (await door("POST", "/sessions/passkey", body)).status_code in {401, 422}
        mine = await challenge(door, zhang)
        body = {"challenge_id": mine["challenge_id"], "name": "x", "credential": credential}
        assert (await door("POST", "/me/passkeys", body, zhang)).status_code == 422


async def test_a_passkey_is_added_by_who_knows_the_password_and_once(door: Door, zhang: Caller) -> None:
    device = Authenticator()
    wrong = await door("POST", "/me/passkeys/challenges", {"current_password": "wrong"}, zhang)
    visitor = await door("POST", "/me/passkeys/challenges", {"current_password": PASSWORD}, VISITOR)
    codes = [(await add(door, zhang, device)).status_code for _ in range(2)]

    assert [answer.status_code for answer in (wrong, visitor)] == [422, 401]
    assert codes == [201, 409]


async def test_a_passkey_is_renamed_and_revoked_with_its_sessions(door: Door, zhang: Caller) -> None:
    device = Authenticator()
    path = f"/me/passkeys/{(await add(door, zhang, device)).json()['passkey_id']}"
    await opened(door.database, ADMIN)
    other = (await door.entered("admin"))[1]
    token = (await enter(door, device)).json()["access_token"]

    renamed = await door("PATCH", path, {"name": "手机"}, zhang)
    others = [await door("PATCH", path, {"name": "x"}, other), await door("DELETE", path, None, other)]
    revoked = await door("DELETE", path, None, zhang)

    assert (renamed.json()["name"], [answer.status_code for answer in others]) == ("手机", [404, 404])
    assert revoked.status_code == 204
    assert (await door.resolve(token))["code"] == "not_found"
    assert (await enter(door, device)).status_code == 401
    assert [note.action for note in await notes_told(door.database)] == [
        "logged_in", "passkey_added", "logged_in", "logged_in", "passkey_renamed", "passkey_revoked", "login_failed",
    ]  # fmt: skip


async def test_a_disabled_account_does_not_enter_by_its_passkey(door: Door, zhang: Caller) -> None:
    device = Authenticator()
    await add(door, zhang, device)
    async with door.database.engine.begin() as connection:
        await connection.execute(text("UPDATE account SET disabled_at = juxian_now()"))

    assert (await enter(door, device)).status_code == 401


@pytest.mark.parametrize(
    ("required", "asked"),
    [("none", []), ("administrators", ["admin"]), ("staff", ["admin", "unit-lubei"])],
)
async def test_the_installation_asks_staff_for_passkeys(
    door: Door, turn: Turn, required: str, asked: list[str]
) -> None:
    turn(captcha="off", passkey_required=required)
    for account in (ADMIN, ZHANG):
        await opened(door.database, account)
    await reviewer(door.database)
    found, refused = [], []
    for username in ("admin", "unit-lubei", "zhang.wei"):
        token, caller = await door.entered(username)
        me = (await door("GET", "/me", caller=caller)).json()
        found += [username] if (await door.resolve(token))["must_add_passkey"] and me["must_add_passkey"] else []
        device = Authenticator()
        await add(door, caller, device)
        assert (await door.resolve(token))["must_add_passkey"] is False
        again = await door.log_in(username)
        refused += [username] if again.status_code == 403 and again.json()["code"] == "passkey_required" else []
        assert (await enter(door, device)).status_code == 201

    assert (found, refused) == (asked, asked)


async def test_who_lost_the_passkeys_comes_in_again_by_password(door: Door, turn: Turn) -> None:
    turn(captcha="off", passkey_required="staff")
    await opened(door.database, ADMIN)
    await reviewer(door.database)
    device = Authenticator()
    _token, caller = await door.entered("unit-lubei")
    await add(door, caller, device)
    _token, admin = await door.entered("admin")
    path = f"/admin/accounts/{caller.person}/passkeys"

    assert (await door("DELETE", path, caller=caller)).status_code == 403
    assert (await door("DELETE", path, caller=admin)).status_code == 204

    assert (await enter(door, device)).status_code == 401
    token, _caller = await door.entered("unit-lubei")
    assert (await door.resolve(token))["must_add_passkey"] is True


async def test_challenges_that_nobody_answered_are_thrown_away(door: Door) -> None:
    await door("POST", "/sessions/passkey/challenges")
    async with door.database.engine.begin() as connection:
        await connection.execute(text("UPDATE passkey_challenge SET ends_at = juxian_now() - interval '1 second'"))

    await clean(door.database)

    async with door.database.engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM passkey_challenge"))).scalar_one() == 0
