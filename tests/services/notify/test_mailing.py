"""Announcements by mail: once to each, by audience, in the slow lane, and no more when they are withdrawn."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from services.notify.actions import mailing
from services.notify.models import MAILINGS, Mailing
from services.notify.tasks import JOBS
from shared.kit import clock
from shared.kit.jobs import Work, claim
from shared.kit.running import run_job
from tests.builders.mail import MailServer
from tests.services.notify import samples
from tests.services.notify.conftest import ADMIN, As, Desk
from tests.services.notify.test_announcements import made

OTHERS = tuple(UUID(int=samples.ACCOUNT.int + 0x100 + number) for number in range(5))


async def crowd(desk: Desk, **other: Any) -> None:  # noqa: ANN401 - what an event holds
    """Five more applicants."""
    for number, account_id in enumerate(OTHERS):
        name = f"applicant{number}"
        await desk.hear(
            samples.opened("operator", account_id=account_id, username=name, email=f"{name}@demo.juxian.test", **other)
        )


async def job(desk: Desk) -> Mailing:
    """The one mailing."""
    async with desk.database.transaction() as session:
        return (await session.execute(select(Mailing))).scalar_one()


async def write(desk: Desk) -> Mailing:
    """Run its job once."""
    await run_job(desk.database, JOBS[1], (await job(desk)).id)
    return await job(desk)


async def shown(call: As, one: dict[str, Any]) -> dict[str, Any]:
    """How far the mailing has got, as administrators see it."""
    mail: dict[str, Any] = (await call(ADMIN, "GET", f"/admin/announcements/{one['announcement_id']}")).json()["mail"]
    return mail


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two letters a batch, without a pause."""
    monkeypatch.setattr(mailing, "BATCH", 2)
    monkeypatch.setattr(mailing, "BREATH", 0)


async def test_everybody_gets_one_letter_in_the_slow_lane(desk: Desk, call: As, mail: MailServer) -> None:
    await crowd(desk)
    one = await made(call, mail=True)
    before = await shown(call, one)
    await write(desk)
    await write(desk)
    written = await shown(call, one)
    await desk.carry()

    assert (before["state"], before["recipients"]) == ("waiting", None)
    assert written == {"state": "written", "recipients": 7, "written": 7, "sent": 0, "failed": 0}
    assert (await shown(call, one))["sent"] == 7
    assert {row.queue for row in await desk.deliveries()} == {MAILINGS}
    assert len({letter.to for letter in mail.letters}) == len(mail.letters) == 7
    assert {letter.subject for letter in mail.letters} == {"【聚贤人才申报平台】通知公告：申报通知"}


@pytest.mark.parametrize(
    ("audience", "programme", "number"),
    [
        ("everybody", samples.HEBEI, 5),
        ("applicants", None, 6),
        ("applicants", samples.DEZHOU, 1),
        ("reviewers", samples.DEZHOU, 1),
        ("reviewers", samples.HEBEI, 0),
        ("administrators", None, 0),
    ],
)
async def test_only_those_whom_it_is_for(
    desk: Desk, call: As, audience: str, programme: str | None, number: int
) -> None:
    await crowd(desk, programmes=(samples.HEBEI,))
    one = await made(call, mail=True, audience=audience, programme=programme)
    await write(desk)

    assert (await shown(call, one))["written"] == number


async def test_disabled_accounts_get_none_and_daily_readers_a_digest(desk: Desk, call: As) -> None:
    await crowd(desk)
    await desk.hear(
        samples.opened("operator", account_id=OTHERS[0], version=2, disabled=True),
        samples.opened("operator", account_id=OTHERS[1], version=2, mail_mode="daily"),
    )
    await made(call, mail=True, audience="applicants")
    await write(desk)

    waiting = [letter.account_id for letter in await desk.letters() if letter.for_digest]
    assert waiting == [OTHERS[1]]
    assert len(await desk.deliveries()) == 4


async def test_a_mailing_whose_worker_died_goes_on_behind_what_is_written(desk: Desk, call: As) -> None:
    await crowd(desk)
    one = await made(call, mail=True)
    row = await desk.database.act(claim, Mailing, (await job(desk)).id)
    assert row is not None
    work = Work(desk.database, row)
    await desk.database.act(mailing._write_batch, work)
    async with desk.database.transaction() as session:
        await session.execute(update(Mailing).values(status="retry", lease_until=None, next_at=clock.now_sql()))

    await write(desk)

    assert (await shown(call, one))["written"] == len(await desk.letters()) == 7


async def test_it_waits_for_the_publication_and_moves_with_it(desk: Desk, call: As) -> None:
    async with desk.database.transaction() as session:
        later = (await clock.now(session)).replace(microsecond=0) + timedelta(hours=2)
    one = await made(call, mail=True, publish_at=later.isoformat())
    early = await write(desk)
    await call(ADMIN, "PATCH", f"/admin/announcements/{one['announcement_id']}", json={"publish_at": None})
    moved = await write(desk)

    assert (early.status, early.next_at) == ("queued", later)
    assert moved.status == "done"


async def test_withdrawn_nothing_more_leaves_and_out_again_it_does(desk: Desk, call: As, mail: MailServer) -> None:
    one = await made(call, mail=True)
    await write(desk)
    path = f"/admin/announcements/{one['announcement_id']}"
    await call(ADMIN, "POST", f"{path}/withdrawal")
    await desk.carry()
    stopped = [(row.status, row.last_error) for row in await desk.deliveries()]
    sent = len(mail.letters)

    await call(ADMIN, "PATCH", path, json={"withdraw_at": None, "mail": True})
    await write(desk)
    await desk.carry()

    assert (stopped, sent) == ([("cancelled", "withdrawn")] * 2, 0)
    assert len(mail.letters) == len(await desk.letters()) == 2


async def test_stopped_before_it_began_it_writes_nothing(desk: Desk, call: As) -> None:
    one = await made(call, mail=True)
    await call(ADMIN, "PATCH", f"/admin/announcements/{one['announcement_id']}", json={"mail": False})
    await write(desk)

    assert (await shown(call, one))["state"] == "stopped"
    assert await desk.letters() == []


async def test_a_mailing_may_be_wished_for_later_and_only_once(desk: Desk, call: As) -> None:
    one = await made(call)
    path = f"/admin/announcements/{one['announcement_id']}"
    for _ in range(2):
        await call(ADMIN, "PATCH", path, json={"mail": True})
        await write(desk)

    assert one["mail"] is None
    assert len(await desk.letters()) == 2
