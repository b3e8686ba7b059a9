"""The daily digest: on working days at eight, one letter for all that was written before."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from services.notify import actions
from services.notify.rules import digest_moment
from shared.kit import clock
from shared.kit.clock import is_working_day
from tests.builders.mail import MailServer
from tests.services.notify import samples
from tests.services.notify.conftest import Desk

THURSDAY = datetime(2026, 11, 19, 7, tzinfo=UTC)  # 15:00 in China
FRIDAY_EIGHT = datetime(2026, 11, 20, 0, tzinfo=UTC)


async def at(desk: Desk, moment: datetime) -> None:
    """Set the platform's clock."""
    async with desk.database.transaction() as session:
        await session.execute(text("UPDATE clock SET ahead = :moment - now()"), {"moment": moment})


@pytest.fixture
async def daily(desk: Desk) -> Desk:
    """Notify with a reviewer who wants one letter a day, on a Thursday afternoon."""
    await desk.hear(samples.reviewer(version=2, mail_mode="daily"))
    await at(desk, THURSDAY)
    return desk


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 19, 23, 59, 59, tzinfo=UTC), None),
        (FRIDAY_EIGHT, FRIDAY_EIGHT),
        (FRIDAY_EIGHT + timedelta(hours=9), FRIDAY_EIGHT),
        (FRIDAY_EIGHT + timedelta(days=1), None),
        (FRIDAY_EIGHT + timedelta(days=3), FRIDAY_EIGHT + timedelta(days=3)),
        (datetime(2026, 10, 1, 3, tzinfo=UTC), None),
    ],
)
def test_the_digests_hour_is_eight_in_china_on_working_days(moment: datetime, expected: datetime | None) -> None:
    assert digest_moment(moment, is_working_day) == expected


async def test_letters_wait_for_the_digest_and_stand_in_the_portal_at_once(daily: Desk) -> None:
    await daily.hear(samples.reached(), samples.change_requested())

    assert [(letter.shown, letter.for_digest) for letter in await daily.letters()] == [(True, True)] * 2
    assert await daily.deliveries() == []


async def test_the_digest_lists_what_was_written_since_the_last(daily: Desk, mail: MailServer) -> None:
    await daily.hear(samples.reached(), samples.change_requested())
    await at(daily, FRIDAY_EIGHT)
    await actions.write_digests(daily.database)
    await daily.carry()

    (digest,) = mail.letters
    assert digest.subject == "【德州市高层次人才库】每日汇总：2 项通知"
    assert "待审核：张伟（鲁北新材料有限公司）" in digest.text
    assert "变更申请待审核：张伟（鲁北新材料有限公司）" in digest.text
    assert [letter.for_digest for letter in await daily.letters()] == [False] * 3


async def test_nobody_gets_two_digests_of_one_day(daily: Desk, mail: MailServer) -> None:
    await daily.hear(samples.reached())
    await at(daily, FRIDAY_EIGHT)
    await actions.write_digests(daily.database)
    await at(daily, FRIDAY_EIGHT + timedelta(hours=2))
    await daily.hear(samples.change_requested())
    await actions.write_digests(daily.database)
    await daily.carry()

    assert len(mail.letters) == 1
    assert sorted(letter.for_digest for letter in await daily.letters()) == [False, False, True]


async def test_before_eight_nothing_is_sent(daily: Desk) -> None:
    await daily.hear(samples.reached())
    await actions.write_digests(daily.database)

    assert await daily.deliveries() == []


async def test_security_letters_never_wait(daily: Desk) -> None:
    async with daily.database.transaction() as session:
        now = await clock.now(session)
    await daily.hear(samples.reset(account_id=samples.REVIEWER, expires_at=now + timedelta(minutes=30)))

    assert len(await daily.deliveries()) == 1


async def test_a_digest_for_an_account_that_was_disabled_is_not_sent(daily: Desk) -> None:
    await daily.hear(samples.reached(), samples.reviewer(version=3, disabled=True))
    await at(daily, FRIDAY_EIGHT)
    await actions.write_digests(daily.database)

    assert await daily.deliveries() == []
    assert [letter.for_digest for letter in await daily.letters()] == [False]
