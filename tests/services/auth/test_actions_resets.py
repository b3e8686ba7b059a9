"""Forgotten passwords: what is answered, which links open, and how often letters go."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text

from services.auth.actions import resets
from services.auth.actions.hashing import hashing
from services.auth.actions.links import LinkDead, link_owner
from services.auth.actions.notices import notice_reset_attempts
from services.auth.actions.telling import LINK
from services.auth.schemas.accounts import AskReset
from shared.contracts.events import PasswordChanged, PasswordResetAsked, SecurityNoticed
from shared.contracts.refusals import Refusal
from shared.kit import clock
from shared.kit.database import Database
from shared.kit.vault import vault
from tests.conftest import events_told
from tests.services.auth.conftest import Turn
from tests.services.auth.world import DEZHOU, OTHER_PASSWORD, VISITOR, ZHANG, opened

EMAIL = "zhang.wei@demo.juxian.test"


async def asked(database: Database, username: str = "zhang.wei", email: str = EMAIL, net: int = 113) -> str | None:
    """Ask for a link; the code of the refusal, None for the neutral answer."""
    caller = replace(VISITOR, address=f"203.0.{net}.7")
    refusal = await database.act(resets.ask_reset, caller, AskReset(username=username, email=email))
    return refusal.code if refusal else None


async def letters(database: Database) -> list[PasswordResetAsked]:
    """The letters that were asked for."""
    return [event for event in await events_told(database) if isinstance(event, PasswordResetAsked)]


async def link(database: Database) -> str:
    """The newest letter's token."""
    return vault().unwrap((await letters(database))[-1].token, LINK)


async def used(database: Database, token: str, password: str = OTHER_PASSWORD) -> str | None:
    """Set a password with a link; the code of the refusal, if any."""
    try:
        who = await database.read(link_owner, token)
        await database.act(resets.set_password, VISITOR, token, who, await hashing().keep(password))
    except Refusal as refusal:
        return refusal.code
    return None


async def test_a_matching_pair_gets_a_letter_with_a_wrapped_token(auth_database: Database) -> None:
    account_id = await opened(auth_database, ZHANG)

    answer = await asked(auth_database, "ZHANG.WEI", "Zhang.Wei@demo.juxian.test")
    (letter,) = await letters(auth_database)

    assert answer is None
    assert (letter.account_id, letter.programme) == (account_id, DEZHOU)
    assert (letter.expires_at - letter.asked_at).total_seconds() == 1800


async def test_an_unknown_name_and_a_wrong_address_are_answered_alike(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)

    answers = [await asked(auth_database, "nobody"), await asked(auth_database, email="li.na@demo.juxian.test")]

    assert answers == ["account_email_mismatch"] * 2
    assert await letters(auth_database) == []


async def test_after_three_mismatches_of_a_name_every_answer_is_neutral(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)
    tries = [await asked(auth_database, email=f"a{n}@b.cn", net=n) for n in range(4)]

    right = await asked(auth_database, net=9)

    assert tries == ["account_email_mismatch"] * 3 + [None]
    assert right is None
    assert len(await letters(auth_database)) == 1


async def test_after_twenty_mismatches_from_a_net_every_answer_is_neutral(auth_database: Database) -> None:
    answers = [await asked(auth_database, f"nobody{n}") for n in range(21)]

    assert answers == ["account_email_mismatch"] * 20 + [None]


async def test_limits_turned_off_leave_the_answer_honest(auth_database: Database, turn: Turn) -> None:
    turn(limits="off")

    assert {await asked(auth_database) for _ in range(5)} == {"account_email_mismatch"}


async def test_three_letters_a_day_go_to_one_account(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)
    answers = [await asked(auth_database, net=n) for n in range(5)]
    third = await link(auth_database)

    assert answers == [None] * 5
    assert len(await letters(auth_database)) == 3
    assert await used(auth_database, third) is None


async def test_a_link_opens_once_and_ends_every_session(auth_database: Database) -> None:
    account_id = await opened(auth_database, ZHANG)
    await asked(auth_database)
    token = await link(auth_database)

    answers = [await used(auth_database, token), await used(auth_database, token, "Another-word-2028")]

    assert answers == [None, "reset_link_dead"]
    told = [event for event in await events_told(auth_database) if isinstance(event, PasswordChanged)]
    assert [(event.account_id, event.by_reset) for event in told] == [(account_id, True)]


async def test_of_twenty_with_the_same_link_exactly_one_sets_the_password(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)
    await asked(auth_database)
    token = await link(auth_database)
    who = await auth_database.read(link_owner, token)
    secrets = [await hashing().keep(f"{OTHER_PASSWORD}-{n}") for n in range(20)]

    outcomes = await asyncio.gather(
        *(auth_database.act(resets.set_password, VISITOR, token, who, secret) for secret in secrets),
        return_exceptions=True,
    )

    assert sum(isinstance(outcome, LinkDead) for outcome in outcomes) == 19
    assert sum(not isinstance(outcome, BaseException) for outcome in outcomes) == 1


async def test_a_newer_link_voids_the_older_one(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)
    await asked(auth_database)
    older = await link(auth_database)
    await asked(auth_database)

    assert await used(auth_database, older) == "reset_link_dead"
    assert await used(auth_database, await link(auth_database)) is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE account SET password_version = password_version + 1",
        "UPDATE account SET email_index = 'another'",
        "UPDATE account SET disabled_at = now()",
    ],
)
async def test_a_link_is_tied_to_the_account_as_it_was(auth_database: Database, change: str) -> None:
    await opened(auth_database, ZHANG)
    await asked(auth_database)
    token = await link(auth_database)
    async with auth_database.engine.begin() as connection:
        await connection.execute(text(change))

    assert await used(auth_database, token) == "reset_link_dead"


@pytest.mark.parametrize(("seconds", "answer"), [(1790, None), (1801, "reset_link_dead")])
async def test_a_link_lasts_half_an_hour(auth_database: Database, seconds: int, answer: str | None) -> None:
    await opened(auth_database, ZHANG)
    await asked(auth_database)
    token = await link(auth_database)
    await auth_database.act(clock.advance, seconds)

    assert await used(auth_database, token) == answer


async def test_an_unknown_link_and_one_of_a_mismatch_open_nothing(auth_database: Database) -> None:
    await opened(auth_database, ZHANG)
    await asked(auth_database, email="li.na@demo.juxian.test")

    assert await used(auth_database, "no-such-token") == "reset_link_dead"


async def test_the_owner_hears_of_attempts_once_a_day(auth_database: Database) -> None:
    account_id: UUID = await opened(auth_database, ZHANG)
    for net in range(2):
        await asked(auth_database, email="li.na@demo.juxian.test", net=net)
        await asked(auth_database, "nobody", net=net)
        await notice_reset_attempts(auth_database)

    noticed = [event for event in await events_told(auth_database) if isinstance(event, SecurityNoticed)]

    assert [(event.account_id, event.kind) for event in noticed] == [(account_id, "reset_attempts")]
