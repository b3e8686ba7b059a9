"""One letter for all bad scans, a while after the last of them."""

from uuid import UUID

import pytest
from sqlalchemy import text

from services.profile.actions import entries
from services.profile.actions.notices import expect_notice
from services.profile.models import ScanNotice
from services.profile.tasks import JOBS
from shared.contracts.events import ScanItem, ScansNeedAttention
from shared.contracts.identity import Caller
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.running import run_job
from tests.services.profile.world import DEZHOU, World

LOOK = {"check": "legible", "outcome": "attention", "code": "blurred", "sentence": "看不清", "page": 1, "box": None}


async def _waiting(session: Session) -> list[tuple[UUID, float]]:
    """The notices that wait, and the minutes until each is due."""
    rows = await session.execute(
        text("SELECT id, extract(epoch FROM next_at - juxian_now()) / 60 FROM scan_notice WHERE status = 'queued'")
    )
    return [(row[0], round(float(row[1]))) for row in rows]


async def told(world: World, caller: Caller) -> list[tuple[ScanItem, ...]]:
    """What the owner is told once the notice is due."""
    notice_id = (await world.database.read(_waiting))[0][0]
    await world.database.act(clock.advance, 16 * 60.0)
    await run_job(world.database, JOBS[1], notice_id)
    return [event.scans for event in await world.told(world.database) if isinstance(event, ScansNeedAttention)]


async def test_one_notice_waits_and_each_bad_scan_lets_it_wait_anew(world: World) -> None:
    caller = world.applicant()
    await world.database.act(expect_notice, caller.person)
    first = await world.database.read(_waiting)
    await world.database.act(clock.advance, 10 * 60.0)
    await world.database.act(expect_notice, caller.person)

    assert [minutes for _id, minutes in first] == [15]
    assert await world.database.read(_waiting) == first


async def test_the_notice_lists_what_is_still_named_and_what_was_never_replaced(world: World) -> None:
    caller = world.applicant()
    named = await world.scan(caller, status="rejected")
    await world.database.act(entries.add_entry, caller, DEZHOU, "honours", {"title": "先进", "scan": [named]})
    look = await world.scan(caller, "photo", checks=[LOOK], attention=1)
    replaced = await world.scan(caller, "id_scan", status="rejected")
    await world.scan(caller, "id_scan")
    await world.database.act(expect_notice, caller.person)

    (scans,) = await told(world, caller)

    assert [(str(scan.scan_id), scan.status, scan.section, scan.field) for scan in scans] == [
        (named, "rejected", "honours", "scan"),
        (look, "attention", None, None),
    ]
    assert replaced not in {str(scan.scan_id) for scan in scans}


async def test_nothing_is_told_where_all_were_replaced(world: World) -> None:
    caller = world.applicant()
    bad = await world.scan(caller, status="rejected")
    added = await world.database.act(entries.add_entry, caller, DEZHOU, "honours", {"scan": [bad]})
    good = {"scan": [await world.scan(caller)]}
    entry_id = UUID(added["entry_id"])
    await world.database.act(entries.replace_entry, caller, DEZHOU, "honours", entry_id, good, None)
    await world.database.act(expect_notice, caller.person)

    assert await told(world, caller) == []


@pytest.mark.parametrize("table", [ScanNotice])
def test_notices_have_a_queue_of_their_own_worker(table: type[ScanNotice]) -> None:
    assert [job.queues for job in JOBS if job.table is table] == [("profile.documents",)]
