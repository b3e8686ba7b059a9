"""Scans run again from a step; and what becomes of one while the virus scanner is away."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from services.profile import scanning
from services.profile.actions import processing
from services.profile.actions.reprocess import Choice, reprocess
from services.profile.actions.scans import Upload, receive_scan
from services.profile.models import Scan, ScanJob, ScanPrint
from services.profile.scanning import Outcome, Rejection, StepRecord, antivirus
from services.profile.scanning.crosscheck import CROSS_CHECKS
from services.profile.settings import settings
from services.profile.tasks import JOBS
from shared.contracts.identity import Caller
from shared.contracts.refusals import Invalid
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.running import run_job
from tests.builders.files import png
from tests.servers import free_port
from tests.services.profile.scanning import papers
from tests.services.profile.test_actions_checks import row
from tests.services.profile.world import World

EARLIER = [{"step": step, "outcome": "done", "milliseconds": 1} for step in scanning.ALL_STEPS]


async def waiting(session: Session) -> list[UUID]:
    """The jobs that wait, due or not."""
    wanted = select(col(ScanJob.id)).where(col(ScanJob.status).in_(("queued", "retry")))
    return list((await session.execute(wanted)).scalars())


async def run(world: World) -> None:
    """Run what waits."""
    for job_id in await world.database.read(waiting):
        await run_job(world.database, JOBS[0], job_id)


async def again(world: World, scan_id: str, step: str) -> Scan:
    """Run a scan again from a step; gives its row."""
    assert await world.database.act(reprocess, Choice((UUID(scan_id),), from_step=step)) == 1
    await run(world)
    return await world.database.read(row, scan_id)


@pytest.fixture
async def uploaded(world: World, tmp_path: Path) -> tuple[Caller, str]:
    """A picture as it came in."""
    caller, path = world.applicant(), tmp_path / "upload"
    path.write_bytes(png())
    upload = Upload(path, path.stat().st_size, "5" * 64, "image/png", "proof")
    taken = await world.database.act(receive_scan, caller, upload)
    return caller, taken["scan_id"]


@pytest.fixture
async def ready(world: World, uploaded: tuple[Caller, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """The same, processed by a pipeline that reads a diploma on everything."""
    monkeypatch.setattr(scanning, "_read", _reads_a_diploma)
    await run(world)
    return uploaded[1]


def _reads_a_diploma(outcome: Outcome, _purpose: str) -> Outcome:
    steps = (*outcome.steps, StepRecord("read", "done", 7))
    return Outcome(
        "ready", kind=outcome.kind, pages=outcome.pages, thumbnail=outcome.thumbnail, cleaned=outcome.cleaned,
        hashes=outcome.hashes, checks=outcome.checks, lines=tuple(papers.DIPLOMA), steps=steps,
    )  # fmt: skip


def _never(*_words: object) -> Outcome:
    message = "the step before was taken"
    raise AssertionError(message)


async def test_every_step_leaves_how_it_went(world: World, ready: str) -> None:
    steps = (await world.database.read(row, ready)).steps

    assert [step["step"] for step in steps] == list(scanning.ALL_STEPS[1:])
    assert {step["outcome"] for step in steps} <= {"done", "skipped"}


@pytest.mark.parametrize("step", ["facts", "checks"])
async def test_facts_are_drawn_again_without_file_and_ocr(
    step: str, world: World, ready: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "process", _never)
    monkeypatch.setattr(scanning, "read_again", _never)
    before = await world.database.read(row, ready)
    await _forget_checks(world, ready)

    scan = await again(world, ready, step)

    assert (scan.status, scan.checks) == ("ready", [one for one in before.checks if one["check"] in CROSS_CHECKS])
    assert [taken["step"] for taken in scan.steps] == list(scanning.ALL_STEPS[1:])
    tokens = await world.database.read(_tokens, ready)
    assert [token.partition(":")[0] for token in tokens] == ["bytes", "text"]


async def test_pages_are_read_again_without_the_file(world: World, ready: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "process", _never)
    await _forget_checks(world, ready)

    scan = await again(world, ready, "read")

    assert {check["check"] for check in scan.checks} >= {"legible", "right_slot"}
    assert [taken["step"] for taken in scan.steps] == list(scanning.ALL_STEPS[1:])
    assert len(scan.page_hashes) == scan.pages == 1


async def test_what_could_not_be_read_is_read_once_more_and_no_further(
    world: World, uploaded: tuple[Caller, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "_read", lambda outcome, _purpose: outcome)
    await run(world)
    assert (await world.database.read(row, uploaded[1])).attention == 1
    (second,) = await world.database.read(waiting)

    await world.database.act(clock.advance, 61)
    await run_job(world.database, JOBS[0], second)

    assert await world.database.read(waiting) == []
    assert (await world.database.read(row, uploaded[1])).status == "ready"


async def test_a_ready_scan_that_would_be_refused_today_stays_as_it_is(
    world: World, ready: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await world.database.read(row, ready)
    refused = Outcome("rejected", Rejection.CORRUPT, steps=(StepRecord("decode", "rejected", 3),))
    monkeypatch.setattr(scanning, "process", lambda *_words: refused)

    scan = await again(world, ready, "decode")

    assert (scan.status, scan.code, scan.pages, scan.checks) == ("ready", None, 1, before.checks)
    assert scan.steps == [{"step": "decode", "outcome": "rejected", "milliseconds": 3}]


async def test_what_failed_for_reasons_of_ours_is_received_again(
    world: World, uploaded: tuple[Caller, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, scan_id = uploaded
    await world.scan(caller, status="rejected")
    unread = await world.scan(caller, steps=[{"step": "read", "outcome": "failed", "milliseconds": 30_000}])
    await world.database.act(processing.reject_unreadable, UUID(scan_id))
    assert await world.database.act(reprocess, Choice(failed=True)) == 1  # its own job of the upload waits still
    await world.database.act(_end_jobs)

    assert await world.database.act(reprocess, Choice(failed=True)) == 2
    assert await world.database.act(reprocess, Choice(failed=True)) == 0

    assert (await world.database.read(row, scan_id)).status == "received"
    assert (await world.database.read(row, unread)).status == "ready"
    monkeypatch.setattr(scanning, "_read", _reads_a_diploma)
    await run(world)
    assert (await world.database.read(row, scan_id)).status == "ready"


async def test_an_unknown_step_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        await world.database.act(reprocess, Choice(failed=True, from_step="guess"))


async def test_a_scan_waits_while_the_virus_scanner_is_away(
    world: World, uploaded: tuple[Caller, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _caller, scan_id = uploaded
    monkeypatch.setenv("JUXIAN_CLAMAV_URL", f"tcp://127.0.0.1:{free_port()}")
    settings.cache_clear()
    monkeypatch.setattr(scanning, "process", _never)

    await run(world)

    assert (await world.database.read(row, scan_id)).status == "received"
    (next_job,) = await world.database.read(waiting)
    await run_job(world.database, JOBS[0], next_job)
    assert await world.database.read(waiting) == [next_job], "it is not due for a minute"
    settings.cache_clear()


async def test_a_virus_is_refused_with_a_sentence(
    world: World, uploaded: tuple[Caller, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = StepRecord("antivirus", "rejected", 2)
    monkeypatch.setattr(antivirus, "inspect", lambda *_words: found)
    monkeypatch.setattr(scanning, "process", _never)

    await run(world)

    scan = await world.database.read(row, uploaded[1])
    assert (scan.status, scan.code, scan.steps[0]["step"]) == ("rejected", "infected", "antivirus")
    assert scan.reason == scanning.reason("infected")


async def _forget_checks(world: World, scan_id: str) -> None:
    async def write(session: Session) -> None:
        forgotten = update(Scan).where(col(Scan.id) == UUID(scan_id)).values(checks=[], attention=0, steps=EARLIER[1:])
        await session.execute(forgotten)

    await world.database.act(write)


async def _tokens(session: Session, scan_id: str) -> list[str]:
    wanted = select(col(ScanPrint.tokens)).where(col(ScanPrint.scan_id) == UUID(scan_id))
    return list((await session.execute(wanted)).scalar_one())


async def _end_jobs(session: Session) -> None:
    await session.execute(update(ScanJob).values(status="cancelled"))
