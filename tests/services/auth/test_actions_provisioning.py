"""Provisioned and appointed accounts, bounces, cleaning."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.auth.actions import demo
from services.auth.actions.bounces import mark_bounced
from services.auth.actions.cleaning import clean
from services.auth.actions.operators import Appointed, appoint, renew_password
from services.auth.actions.provisioning import Person, provision
from services.auth.settings import AuthSettings
from shared.contracts.events import AccountChanged, AccountOpened, DeliveryFailed
from shared.contracts.refusals import Conflict, Forbidden, Invalid
from shared.kit import clock
from shared.kit.database import Database
from tests.conftest import events_told
from tests.services.auth.conftest import Turn
from tests.services.auth.world import DEZHOU, HEBEI, ID_NUMBER, PASSWORD, ZHANG, Door, opened

PERSON = Person(name="赵磊", id_number=ID_NUMBER, mobile="13805340005", email="zhao.lei@demo.juxian.test")
OTHER = replace(PERSON, id_number="371402199003072324")
CHEN = Appointed(username="chen", name="陈静", email="chen@demo.juxian.test", password=PASSWORD)


async def test_people_of_a_list_get_usernames_and_initial_passwords(door: Door) -> None:
    first, second = await door.database.act(provision, HEBEI, (PERSON, OTHER))

    assert (first.username, second.username) == ("zhao.lei", "zhao.lei2")
    assert re.fullmatch(r"[a-hjkmnp-z2-9]{16}", first.initial_password or "")
    assert first.initial_password != second.initial_password
    entered = await door.log_in("zhao.lei", first.initial_password or "")
    assert (entered.status_code, entered.json()["must_change_password"]) == (201, True)
    told = await events_told(door.database)
    assert [
        (event.opened_by, event.programme, event.programmes) for event in told if isinstance(event, AccountOpened)
    ] == [("import", HEBEI, (HEBEI,))] * 2
    assert ID_NUMBER not in str(told)


async def test_an_initial_password_lasts_thirty_days_but_for_ever_in_a_demo(door: Door, turn: Turn) -> None:
    (mortal,) = await door.database.act(provision, HEBEI, (PERSON,))
    turn(demo="on")
    (eternal,) = await door.database.act(provision, HEBEI, (OTHER,))
    await door.database.act(clock.advance, 30 * 86_400 + 1)

    answers = [await door.log_in(one.username, one.initial_password or "") for one in (mortal, eternal)]

    assert [answer.status_code for answer in answers] == [401, 201]


async def test_somebody_known_by_the_id_number_gets_the_programme_added(auth_database: Database) -> None:
    (first,) = await auth_database.act(provision, HEBEI, (PERSON,))
    (again,) = await auth_database.act(provision, HEBEI, (PERSON,))
    (added,) = await auth_database.act(provision, DEZHOU, (replace(PERSON, id_number=ID_NUMBER.lower()),))

    assert (again.account_id, again.initial_password) == (first.account_id, None) == (added.account_id, None)
    told = await events_told(auth_database)
    assert [(type(event), event.programmes) for event in told if isinstance(event, AccountOpened | AccountChanged)] == [
        (AccountOpened, (HEBEI,)), (AccountChanged, (DEZHOU, HEBEI)),
    ]  # fmt: skip


async def test_a_name_that_is_given_and_taken_fails_the_whole_list(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)

    with pytest.raises(Conflict):
        await auth_database.act(provision, HEBEI, (OTHER, replace(PERSON, username="Zhang.Wei")))

    assert len(await events_told(auth_database)) == 1


async def test_an_operator_appoints_an_administrator(door: Door) -> None:
    await door.database.act(appoint, CHEN)

    assert (await door.log_in("chen")).json()["roles"] == ["administrator"]


@pytest.mark.parametrize(
    ("someone", "field"),
    [
        (replace(CHEN, password="x7!kQ2#pL9v"), "password"),
        (replace(CHEN, email="x"), "email"),
        (replace(CHEN, username="x y"), "username"),
    ],
)
async def test_a_bad_appointment_is_refused(auth_database: Database, someone: Appointed, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        await auth_database.act(appoint, someone)

    assert [fault.field for fault in refused.value.faults] == [field]


async def test_a_renewed_password_must_be_changed_and_ends_sessions(door: Door) -> None:
    await opened(door.database, ZHANG)
    token, _caller = await door.entered()

    password, ended = await door.database.act(renew_password, "ZHANG.WEI")

    assert len(ended) == 1
    assert (await door.resolve(token))["code"] == "not_found"
    assert (await door.log_in(password=PASSWORD)).status_code == 401
    assert (await door.log_in(password=password)).json()["must_change_password"] is True


async def test_an_address_that_does_not_work_is_marked_with_the_latest_failure(auth_database: Database) -> None:
    account_id = await opened(auth_database, ZHANG)
    late, early = datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2026, 11, 20, 8, tzinfo=UTC)
    for failed_at in (late, early):
        event = DeliveryFailed(
            delivery_id=uuid4(), account_id=account_id, letter="returned", cause="550", failed_at=failed_at
        )
        await auth_database.act(mark_bounced, event)

    async with auth_database.engine.connect() as connection:
        assert (await connection.execute(text("SELECT email_bounced_at FROM account"))).scalar_one() == late


async def test_what_is_over_is_thrown_away(door: Door) -> None:
    await opened(door.database, ZHANG)
    await door.log_in()
    await door.log_in(password="wrong")
    await door.database.act(clock.advance, 86_400 + 60)
    await door.log_in()

    await clean(door.database)

    async with door.database.engine.connect() as connection:
        left = [
            (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()
            for table in ("login_session", "attempt")
        ]
    assert left == [1, 0]


async def test_demo_accounts_are_for_local_installations_alone(
    auth_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "settings", lambda: AuthSettings.model_construct(installation="server"))

    with pytest.raises(Forbidden):
        await opened(auth_database, ZHANG)


def test_weak_hashing_is_refused_outside_a_local_installation() -> None:
    with pytest.raises(ValueError, match="JUXIAN_ARGON2_MEMORY must be 19456"):
        AuthSettings(
            installation="server", master_keys="k:a", index_key="b", identity_key="k:c",
            argon2_memory=64, argon2_rounds=2,
        )  # fmt: skip
