"""One's own account over the API: what is shown, what may be changed."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.auth import clients
from services.auth.actions.telling import LINK
from services.auth.actions.tokens import digest
from shared.contracts.events import AccountChanged, EmailChangeAsked
from shared.contracts.refusals import Unavailable
from shared.kit import clock
from shared.kit.vault import vault
from tests.conftest import events_told
from tests.services.auth.world import DEZHOU, PASSWORD, ZHANG, Door, as_person, opened, reviewer

NEW = "wei.zhang@demo.juxian.test"


@pytest.fixture(autouse=True)
def profile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Profile says that the caller's declaration is under review."""

    async def statuses(_path: str, **_options: object) -> dict[str, str]:
        return {DEZHOU: "in_review"}

    monkeypatch.setattr(clients.PROFILE, "get", statuses)


async def test_an_applicant_sees_the_own_account(door: Door) -> None:
    account_id = await opened(door.database, ZHANG)

    answer = await door("GET", "/me", caller=as_person(account_id))

    assert answer.json() == {
        "account_id": str(account_id), "username": "zhang.wei", "name": "张伟", "email": ZHANG.email,
        "mobile": "13805340001", "language": "zh", "mail_mode": "each", "roles": ["applicant"], "organization": None,
        "programmes": [
            {
                "programme": DEZHOU,
                "title": {"zh": "德州市高层次人才库", "en": "Dezhou High-level Talent Pool"},
                "status": "in_review",
            }
        ],
        "must_change_password": False,
        "must_add_passkey": False,
    }  # fmt: skip


async def test_with_profile_away_the_status_is_unknown(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    account_id = await opened(door.database, ZHANG)

    async def away(_path: str, **_options: object) -> dict[str, str]:
        raise Unavailable

    monkeypatch.setattr(clients.PROFILE, "get", away)
    answer = await door("GET", "/me", caller=as_person(account_id))

    assert (answer.status_code, answer.json()["programmes"][0]["status"]) == (200, None)


async def test_a_reviewer_sees_the_own_organization(door: Door) -> None:
    account_id = await reviewer(door.database)

    shown = (await door("GET", "/me", caller=as_person(account_id))).json()

    assert shown["organization"] | {"organization_id": None} == {
        "organization_id": None, "name": "鲁北新材料有限公司", "kind": "employer", "region": "371402",
        "municipal": False,
    }  # fmt: skip
    assert (shown["roles"], shown["programmes"]) == (["reviewer"], [])


@pytest.mark.parametrize("path", ["/me", "/me/sessions"])
async def test_a_visitor_is_asked_to_log_in(door: Door, path: str) -> None:
    answer = await door("GET", path)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_logged_in")


async def test_a_person_without_an_account_is_nobody(door: Door) -> None:
    assert (await door("GET", "/me", caller=as_person(uuid4()))).status_code == 401


async def test_changes_are_kept_and_told_and_the_gateway_asks_again(door: Door) -> None:
    account_id = await opened(door.database, ZHANG)
    token, caller = await door.entered()

    answer = await door("PATCH", "/me", {"mobile": "+86 139 0534 0002", "language": "en"}, caller)
    told = (await events_told(door.database))[-1]

    assert (answer.json()["mobile"], answer.json()["language"], answer.json()["mail_mode"]) == (
        "13905340002",
        "en",
        "each",
    )
    assert isinstance(told, AccountChanged)
    assert (told.account_id, told.version, told.language) == (account_id, 2, "en")
    assert await door.redis.get(f"session:{digest(token)}") is None
    assert (await door.resolve(token))["language"] == "en"


@pytest.mark.parametrize(
    "body",
    [
        {"mobile": "110"}, {"language": "fr"}, {"mail_mode": "never"}, {"roles": ["administrator"]}, {"name": "x"},
        {"organization_id": str(uuid4())}, {"id": str(uuid4())}, {"must_change_password": False}, {"disabled_at": None},
    ],
)  # fmt: skip
async def test_nothing_else_may_be_changed(door: Door, body: dict[str, object]) -> None:
    account_id = await opened(door.database, ZHANG)

    answer = await door("PATCH", "/me", body, as_person(account_id))

    assert answer.status_code == 422
    assert len(await events_told(door.database)) == 1


async def confirmation(door: Door) -> str:
    """The token of the newest letter to a new address."""
    asked = [event for event in await events_told(door.database) if isinstance(event, EmailChangeAsked)]
    assert asked[-1].email == NEW
    return vault().unwrap(asked[-1].token, LINK)


async def test_another_address_is_good_once_it_was_confirmed(door: Door) -> None:
    caller = as_person(await opened(door.database, ZHANG))
    asked = await door("PUT", "/me/email", {"email": NEW, "current_password": PASSWORD}, caller)
    before = (await door("GET", "/me", caller=caller)).json()["email"]

    token = await confirmation(door)
    answers = [await door("POST", f"/me/email-confirmations/{token}") for _ in range(2)]
    told = (await events_told(door.database))[-1]

    assert (asked.status_code, before) == (202, ZHANG.email)
    assert [answer.status_code for answer in answers] == [204, 410]
    assert answers[1].json()["code"] == "confirmation_link_dead"
    assert isinstance(told, AccountChanged)
    assert told.email == (await door("GET", "/me", caller=caller)).json()["email"] == NEW


async def test_a_link_to_confirm_lasts_a_day_and_a_newer_one_voids_it(door: Door) -> None:
    caller = as_person(await opened(door.database, ZHANG))
    body = {"email": NEW, "current_password": PASSWORD}
    await door("PUT", "/me/email", body, caller)
    older = await confirmation(door)
    await door("PUT", "/me/email", body, caller)
    newer = await confirmation(door)
    voided = await door("POST", f"/me/email-confirmations/{older}")
    await door.database.act(clock.advance, 86_401)

    late = await door("POST", f"/me/email-confirmations/{newer}")

    assert (voided.status_code, late.status_code) == (410, 410)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": NEW, "current_password": "wrong"}, "current_password"),
        ({"email": "nobody", "current_password": PASSWORD}, "email"),
        ({"email": NEW}, "current_password"),
    ],
)
async def test_a_bad_wish_for_another_address_is_refused(door: Door, body: dict[str, str], field: str) -> None:
    caller = as_person(await opened(door.database, replace(ZHANG)))

    answer = await door("PUT", "/me/email", body, caller)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_no_address_and_no_number_stands_clear_in_the_tables(door: Door) -> None:
    caller = as_person(await opened(door.database, ZHANG))
    await door("PUT", "/me/email", {"email": NEW, "current_password": PASSWORD}, caller)

    async with door.database.engine.connect() as connection:
        rows = [
            str((await connection.execute(text(f"SELECT {table}::text FROM {table}"))).scalars().all())
            for table in ("account", "account_programme", "email_change", "attempt", "login_session")
        ]

    assert [canary for canary in (ZHANG.email, NEW, "13805340001", "innovation", PASSWORD) if canary in str(rows)] == []
