"""Login: limits, lockout, devices, hashing."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text

from services.auth.actions import devices, logins
from services.auth.actions.gates import Gate
from services.auth.actions.hashing import Hashing, Secret, Verdict, hashing
from services.auth.actions.logins import Entered
from services.auth.rules.logins import AccountLocked, BadCredentials
from shared.contracts.refusals import Refusal, TooMany, Unavailable
from shared.kit import clock
from shared.kit.database import Database
from tests.services.auth.conftest import Turn
from tests.services.auth.world import PASSWORD, VISITOR, ZHANG, opened

NET = [replace(VISITOR, address=f"198.51.{n}.1") for n in range(20)]
RIGHT, WRONG = Verdict(fits=True), Verdict(fits=False)


async def tried(database: Database, verdict: Verdict, username: str = "zhang.wei", n: int = 0) -> Entered | Refusal:
    """One login from a net of its own, as the door does it."""
    try:
        who = await database.read(logins.candidate, NET[n], username, None)
    except Refusal as refusal:
        return refusal
    return await database.act(logins.log_in, NET[n], who, verdict)


async def test_ten_wrong_passwords_lock_the_name_and_time_opens_it(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)
    first = [await tried(auth_database, WRONG, n=n) for n in range(10)]

    locked = await tried(auth_database, RIGHT)
    await auth_database.act(clock.advance, 901)
    later = await tried(auth_database, RIGHT)

    assert [type(answer) for answer in first] == [BadCredentials] * 10
    assert isinstance(locked, AccountLocked)
    assert 0 < (locked.retry_after or 0) <= 900
    assert isinstance(later, Entered)


async def test_a_name_that_does_not_exist_is_locked_alike(auth_database: Database) -> None:
    answers = [await tried(auth_database, WRONG, "nobody", n) for n in range(11)]

    assert [type(answer) for answer in answers] == [BadCredentials] * 10 + [AccountLocked]


async def test_of_twenty_at_once_ten_are_judged(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)

    answers = await asyncio.gather(*(tried(auth_database, WRONG, n=n) for n in range(20)))

    assert sum(isinstance(answer, BadCredentials) for answer in answers) == 10
    assert sum(isinstance(answer, AccountLocked) for answer in answers) == 10


async def test_the_owner_comes_in_by_a_known_device_while_the_name_is_locked(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)
    entered = await tried(auth_database, RIGHT)
    assert isinstance(entered, Entered)
    for n in range(10):
        await tried(auth_database, WRONG, n=n)

    who = await auth_database.read(logins.candidate, VISITOR, "ZHANG.WEI", entered.device)
    again = await auth_database.act(logins.log_in, VISITOR, who, RIGHT)

    assert isinstance(again, Entered)
    assert not devices.is_known(entered.device, "li.na")
    with pytest.raises(AccountLocked):
        await auth_database.read(logins.candidate, VISITOR, "zhang.wei", "forged.device")


async def test_a_known_device_is_locked_by_its_own_failures(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)
    device = devices.new_device("zhang.wei")
    for caller in NET[:10]:
        who = await auth_database.read(logins.candidate, caller, "zhang.wei", device)
        await auth_database.act(logins.log_in, caller, who, WRONG)

    with pytest.raises(AccountLocked):
        await auth_database.read(logins.candidate, VISITOR, "zhang.wei", device)
    assert isinstance(await tried(auth_database, RIGHT), Entered)


@pytest.mark.parametrize(("setting", "most"), [({}, 30), ({"captcha": "off"}, 300)])
async def test_one_net_may_fail_so_often(
    auth_database: Database, turn: Turn, setting: dict[str, str], most: int
) -> None:
    turn(**setting)
    failures = "INSERT INTO attempt (kind, key) SELECT 'login_address', '203.0.113.0/24' FROM generate_series(1, :n)"
    async with auth_database.engine.begin() as connection:
        await connection.execute(text(failures), {"n": most - 1})
    who = await auth_database.read(logins.candidate, VISITOR, "zhang.wei", None)
    await auth_database.act(logins.log_in, VISITOR, who, WRONG)

    with pytest.raises(TooMany) as refused:
        await auth_database.read(logins.candidate, VISITOR, "li.na", None)

    assert refused.value.code == "too_many_requests"


async def test_limits_turned_off_leave_the_lockout(auth_database: Database, turn: Turn) -> None:
    turn(limits="off")
    answers = [await tried(auth_database, WRONG) for _ in range(11)]

    assert isinstance(answers[-1], AccountLocked)


async def test_a_password_changed_meanwhile_is_not_good_any_more(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)
    fresh = await auth_database.read(logins.candidate, VISITOR, "zhang.wei", None)
    stale = replace(fresh, secret=Secret("argon2", "older"))

    outcome = await auth_database.act(logins.log_in, VISITOR, stale, RIGHT)

    assert isinstance(outcome, BadCredentials)


async def test_a_disabled_account_is_answered_like_an_unknown_one(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)
    async with auth_database.engine.begin() as connection:
        await connection.execute(text("UPDATE account SET disabled_at = now()"))

    who = await auth_database.read(logins.candidate, VISITOR, "zhang.wei", None)

    assert (who.account_id, who.secret) == (None, Secret())


async def test_a_hash_with_older_parameters_is_renewed_at_login(auth_database: Database) -> None:
    older = Hashing(Gate("older", 1, 2.0), memory=32, rounds=1)
    kept = await older.keep(PASSWORD)
    verdict = await hashing().verify(kept, PASSWORD)
    account_id = await opened(auth_database, ZHANG)

    await tried(auth_database, verdict)

    assert verdict.fits
    assert await _password(auth_database, account_id) == verdict.renewed


async def _password(database: Database, account_id: UUID) -> str:
    async with database.engine.connect() as connection:
        found = await connection.execute(text("SELECT password FROM account WHERE id = :id"), {"id": account_id})
        return str(found.scalar_one())


async def test_one_hash_is_computed_whatever_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []
    mine = Hashing(Gate("counted", 1, 2.0), memory=64, rounds=1)

    def verified(stored: str, _password: str) -> Verdict:
        """Note that it was computed."""
        judged.append(stored)
        return WRONG

    monkeypatch.setattr(mine, "_verified", verified)

    for kept in (Secret(), Secret("initial", "0" * 64), await mine.keep(PASSWORD)):
        await mine.verify(kept, PASSWORD)

    assert len(judged) == 3


async def test_who_waits_too_long_for_a_worker_is_refused() -> None:
    gate = Gate("narrow", 1, 0.05)
    release = asyncio.Event()
    loop = asyncio.get_running_loop()
    busy = asyncio.create_task(gate.run(lambda: asyncio.run_coroutine_threadsafe(release.wait(), loop).result(10)))
    await asyncio.sleep(0)

    with pytest.raises(Unavailable) as refused:
        await gate.run(lambda: True)
    release.set()

    assert await busy
    assert refused.value.retry_after == 2
