"""Checks run again when what is declared changes, without the OCR."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from services.profile.actions import entries, processing
from services.profile.models import Scan, ScanRecheck
from services.profile.queries import scans as queries
from services.profile.scanning import Line, Outcome, PageImage, StepRecord
from services.profile.tasks import JOBS
from shared.contracts.identity import Caller
from shared.kit.database import Session
from shared.kit.running import run_job
from shared.programmes.catalogue import PROGRAMMES
from tests.services.profile.scanning import papers
from tests.services.profile.world import DEZHOU, World

RECHECK = next(job for job in JOBS if job.table is ScanRecheck)


async def row(session: Session, scan_id: str) -> Scan:
    """The scan's row."""
    return (await session.execute(select(Scan).where(col(Scan.id) == UUID(scan_id)))).scalar_one()


async def read(world: World, scan_id: str, lines: list[Line] | None) -> None:
    """Let the pipeline have read these lines."""
    scan = await world.database.read(row, scan_id)
    kept = None if lines is None else tuple(lines)
    page = PageImage(Path("page-001.jpg"), 1000, 700)
    outcome = Outcome("ready", lines=kept, pages=(page,), steps=(StepRecord("read", "done", 7),))
    await world.database.act(processing.keep_outcome, scan, outcome)


async def codes(world: World, scan_id: str) -> set[str]:
    """What its checks ask for."""
    scan = await world.database.read(row, scan_id)
    asking = {str(check["code"]) for check in scan.checks if check["outcome"] != "passed"}
    assert scan.attention == len(asking)
    return asking


async def recheck(world: World) -> int:
    """Run the jobs that wait; how many."""

    async def waiting(session: Session) -> list[UUID]:
        wanted = select(col(ScanRecheck.id)).where(col(ScanRecheck.status) == "queued")
        return list((await session.execute(wanted)).scalars())

    ids = await world.database.read(waiting)
    for job_id in ids:
        await run_job(world.database, RECHECK, job_id)
    return len(ids)


@pytest.fixture
def caller(world: World) -> Caller:
    return world.applicant()


async def basic(world: World, caller: Caller, scan_id: str, **more: Any) -> None:  # noqa: ANN401 - any value
    """Save the basic facts of the person on the card, with some that differ."""
    values = await world.values(caller, PROGRAMMES[DEZHOU].sections[0], "lubei")
    mine = {"name": "张伟", "id_number": papers.ID_NUMBER, "born_on": "1985-04-16", "gender": "1"}
    await world.database.act(
        entries.save_section, caller, DEZHOU, "basic", values | mine | {"id_scan": [scan_id]} | more, None
    )


async def test_checks_follow_the_declared_values(world: World, caller: Caller) -> None:
    scan_id = await world.scan(caller, "id_scan", pages=1)
    await basic(world, caller, scan_id, name="张玮")
    assert await recheck(world) == 0
    await read(world, scan_id, papers.FRONT)
    assert await codes(world, scan_id) == {"name_missing"}

    await basic(world, caller, scan_id, gender="2")
    await basic(world, caller, scan_id, gender="2")
    assert await recheck(world) == 1
    assert await codes(world, scan_id) == {"gender_differs"}

    await basic(world, caller, scan_id)
    assert await recheck(world) == 1
    assert await codes(world, scan_id) == set()
    shown = queries.shown(await world.database.read(row, scan_id), "en")
    found = next(check for check in shown["checks"] if check["check"] == "id_number_found")
    assert (found["message"], found["page"]) == ("The declared document number is on the scan.", 1)
    assert 0 < found["box"]["x"] < found["box"]["x"] + found["box"]["width"] < 1


async def test_a_scan_is_held_against_the_entry_that_names_it(world: World, caller: Caller) -> None:
    scan_id = await world.scan(caller, pages=1)
    await basic(world, caller, await world.scan(caller, "id_scan"))
    await read(world, scan_id, papers.DIPLOMA)
    education = next(section for section in PROGRAMMES[DEZHOU].sections if section.section == "education")
    values = await world.values(caller, education, "lubei") | {"scan": [scan_id], "started_on": "2004-09-01"}
    added = await world.database.act(
        entries.add_entry, caller, DEZHOU, "education", values | {"ended_on": "2009-07-05"}
    )
    await recheck(world)
    assert await codes(world, scan_id) == {"date_missing"}

    await world.database.act(
        entries.replace_entry,
        caller,
        DEZHOU,
        "education",
        UUID(added["entry_id"]),
        values | {"ended_on": "2008-06-30"},
        None,
    )
    await recheck(world)
    assert await codes(world, scan_id) == set()


async def test_a_scan_that_could_not_be_read_is_left_to_a_person(world: World, caller: Caller) -> None:
    scan_id = await world.scan(caller, pages=1)

    await read(world, scan_id, None)

    assert await codes(world, scan_id) == {"not_read"}
    steps = (await world.database.read(row, scan_id)).steps
    assert [(step["step"], step["outcome"]) for step in steps] == [
        ("read", "done"), ("facts", "done"), ("checks", "done"),
    ]  # fmt: skip


async def test_what_was_read_is_kept_encrypted(world: World, caller: Caller) -> None:
    scan_id = await world.scan(caller, "id_scan", pages=1)
    await read(world, scan_id, papers.FRONT)

    async def kept(session: Session) -> bytes:
        return bytes((await session.execute(text("SELECT lines FROM scan_reading"))).scalar_one())

    sealed = await world.database.read(kept)
    assert papers.ID_NUMBER.encode() not in sealed
    assert "张伟".encode() not in sealed
