"""Carrying letters: what the mail server answers decides; a letter keeps its Message-ID whatever happens."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from services.notify.actions import delivering
from services.notify.models import Delivery
from services.notify.tasks import JOBS
from shared.contracts.events import DeliveryFailed, Event
from shared.kit import clock
from shared.kit.database import Database
from shared.kit.sweeper import Sweeper
from shared.kit.vault import vault
from tests.builders.mail import DROP, HANG, MailServer
from tests.services.notify import samples
from tests.services.notify.conftest import Desk

OutboxOf = Callable[[Database], Awaitable[list[Event]]]


async def make_due(desk: Desk) -> None:
    """Let every retry be due now."""
    async with desk.database.transaction() as session:
        await session.execute(update(Delivery).values(next_at=clock.now_sql()))


async def ahead(desk: Desk, by: timedelta) -> None:
    """Move the clock."""
    await desk.database.act(clock.advance, by.total_seconds())


async def test_a_letter_is_sent_to_its_reader(desk: Desk, mail: MailServer) -> None:
    await desk.hear(samples.reached())
    await desk.carry()

    (letter,), (row,) = mail.letters, await desk.deliveries()
    assert (letter.to, letter.subject) == (
        "unit-lubei@demo.juxian.test",
        "【德州市高层次人才库】待审核：张伟（鲁北新材料有限公司）",
    )
    assert letter.message_id == f"<{row.id}@juxian.test>"
    assert "李敏，您好：" in letter.text
    assert (row.status, row.attempts, row.last_error, row.sent_at is not None) == ("done", 1, None, True)


async def test_a_letter_speaks_the_language_of_its_reader(desk: Desk, mail: MailServer) -> None:
    await desk.hear(samples.reviewer(version=2, language="en"), samples.reached())
    await desk.carry()

    assert [letter.subject for letter in mail.letters] == [
        "[Dezhou High-level Talent Pool] To review: 张伟 (鲁北新材料有限公司)"
    ]


async def test_a_letter_that_was_sent_is_not_sent_again(desk: Desk, mail: MailServer) -> None:
    await desk.hear(samples.reached())
    await desk.carry()
    await desk.carry()

    assert len(mail.letters) == 1


@pytest.mark.parametrize("answer", ["421 closing", "451 greylisted"])
async def test_a_temporary_no_is_tried_again_after_a_while(desk: Desk, mail: MailServer, answer: str) -> None:
    mail.at_rcpt += [answer, answer]
    await desk.hear(samples.reached())
    waits = []
    for _ in range(2):
        await desk.carry()
        (row,) = await desk.deliveries()
        waits.append(round((row.next_at - row.created_at).total_seconds(), -1))
        assert (row.status, row.last_error) == ("retry", f"smtp {answer[:3]}")
        await make_due(desk)
    await desk.carry()

    assert waits == [30, 60]
    assert len(mail.letters) == 1


async def test_a_final_no_fails_at_once_and_is_told(desk: Desk, mail: MailServer, outbox_of: OutboxOf) -> None:
    mail.at_rcpt.append("550 no such mailbox")
    await desk.hear(samples.filed())
    await desk.carry()

    (row,) = await desk.deliveries()
    (told,) = await outbox_of(desk.database)
    assert (row.status, row.attempts, row.last_error) == ("failed", 1, "smtp 550")
    assert isinstance(told, DeliveryFailed)
    assert (told.delivery_id, told.account_id, told.letter, told.cause) == (
        row.id, samples.ACCOUNT, "submission_filed", "smtp 550",
    )  # fmt: skip


async def test_after_a_day_of_trying_a_letter_has_failed(desk: Desk, mail: MailServer, outbox_of: OutboxOf) -> None:
    mail.at_rcpt.append("451 later")
    await desk.hear(samples.filed())
    await ahead(desk, timedelta(hours=24))
    await desk.carry()

    (row,) = await desk.deliveries()
    assert (row.status, row.last_error) == ("failed", "smtp 451")
    assert [type(event) for event in await outbox_of(desk.database)] == [DeliveryFailed]


@pytest.mark.parametrize("behaviour", [HANG, DROP])
async def test_a_doubtful_letter_is_sent_again_as_the_same(desk: Desk, mail: MailServer, behaviour: str) -> None:
    mail.at_data.append(behaviour)
    await desk.hear(samples.reached())
    await desk.carry()
    assert [row.status for row in await desk.deliveries()] == ["retry"]

    await make_due(desk)
    await desk.carry()

    first, second = mail.letters
    assert first.message_id == second.message_id
    assert [row.status for row in await desk.deliveries()] == ["done"]


async def test_a_killed_workers_letter_is_taken_up_again_as_the_same(desk: Desk, mail: MailServer) -> None:
    await desk.hear(samples.reached())
    (row,) = await desk.deliveries()
    async with desk.database.transaction() as session:
        dead = "UPDATE delivery SET status = 'running', attempts = 1, lease_until = juxian_now() - interval '1 s'"
        await session.execute(text(dead))

    await Sweeper(desk.database, None, JOBS)._take_back(JOBS[0])  # type: ignore[arg-type]  # it needs no broker here
    await desk.carry()

    assert [letter.message_id for letter in mail.letters] == [f"<{row.id}@juxian.test>"]
    assert [(row.status, row.attempts) for row in await desk.deliveries()] == [("done", 2)]


async def test_a_reset_link_that_has_expired_is_not_sent(desk: Desk, mail: MailServer) -> None:
    async with desk.database.transaction() as session:
        now = await clock.now(session)
    await desk.hear(samples.reset(expires_at=now + timedelta(minutes=30)))
    await ahead(desk, timedelta(minutes=31))
    await desk.carry()

    (row,) = await desk.deliveries()
    assert (row.status, row.last_error, mail.letters) == ("cancelled", "expired", [])


async def test_a_reset_letter_holds_the_token_that_no_row_shows(desk: Desk, mail: MailServer) -> None:
    async with desk.database.transaction() as session:
        now = await clock.now(session)
    await desk.hear(samples.reset(expires_at=now + timedelta(minutes=30)))
    await desk.carry()

    (letter,) = mail.letters
    assert f"http://localhost:8000/reset/{samples.TOKEN}" in letter.text
    async with desk.database.engine.connect() as connection:
        for table in ("letter", "delivery", "recipient", "outbox"):
            rows = await connection.execute(text(f"SELECT to_jsonb(t)::text FROM {table} t"))
            assert not any(samples.TOKEN in row or "zhang.wei@" in row for (row,) in rows)


async def test_an_erased_persons_letter_is_cancelled(desk: Desk, mail: MailServer) -> None:
    await desk.hear(samples.filed())
    async with desk.database.transaction() as session:
        await vault().erase(session, samples.ACCOUNT)
    await desk.carry()

    assert [(row.status, row.last_error) for row in await desk.deliveries()] == [("cancelled", "erased")]
    assert mail.letters == []


async def test_an_address_that_cannot_stand_in_a_header_fails(desk: Desk, mail: MailServer) -> None:
    await desk.hear(samples.opened("operator", version=2, email="a@b.test\r\nBcc: c@d.test"), samples.filed())
    await desk.carry()

    assert [(row.status, row.last_error) for row in await desk.deliveries()] == [("failed", "smtp 553")]
    assert mail.letters == []


async def test_the_built_in_mailbox_is_tried_again_quickly(
    desk: Desk, configure: Callable[..., None], unused_tcp_port: int
) -> None:
    configure(mailbox_port=str(unused_tcp_port))
    await desk.hear(samples.reached())
    await desk.carry()

    (row,) = await desk.deliveries()
    assert (row.status, row.last_error) == ("retry", "unreachable")
    assert timedelta(seconds=1) < row.next_at - row.created_at < timedelta(seconds=6)


async def test_without_any_mail_server_letters_wait(desk: Desk, configure: Callable[..., None]) -> None:
    configure(host="0.0.0.0")  # noqa: S104 - what a mailbox must not be open to
    await desk.hear(samples.reached())
    await desk.carry()

    assert [(row.status, row.last_error) for row in await desk.deliveries()] == [("retry", "no mail server")]
    assert delivering.post.cache_info().currsize == 0
