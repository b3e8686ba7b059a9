"""A worker that is killed in the middle of a scan: another takes it up within the lease, and it is done once."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from redis.asyncio import Redis
from sqlalchemy import select
from sqlmodel import col

from services.profile import scanning
from services.profile.actions.processing import process_scan
from services.profile.actions.scans import Upload, receive_scan
from services.profile.models import Scan, ScanJob
from services.profile.scanning import Outcome
from services.profile.tasks import JOBS
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.jobs import GiveUp, Work, claim
from shared.kit.running import RENEW_EVERY, run_job
from shared.kit.sweeper import Sweeper
from tests.builders.files import png
from tests.services.profile.world import World

WITHIN = 40
SWEEP = 1


async def rows(session: Session) -> tuple[Scan, ScanJob]:
    """The scan and its job."""
    scan = (await session.execute(select(Scan))).scalar_one()
    return scan, (await session.execute(select(ScanJob))).scalar_one()


@pytest.fixture
async def job_id(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A scan that waits; nothing is read on it."""
    monkeypatch.setattr(scanning, "_read", _reads_nothing)
    (tmp_path / "upload").write_bytes(png())
    upload = Upload(tmp_path / "upload", len(png()), "7" * 64, "image/png", "proof")
    await world.database.act(receive_scan, world.applicant(), upload)
    found: UUID = await world.database.read(_job)
    return found


async def _job(session: Session) -> UUID:
    return (await session.execute(select(col(ScanJob.id)))).scalar_one()


def _reads_nothing(outcome: Outcome, _purpose: str) -> Outcome:
    return replace(outcome, lines=())


def test_the_lease_and_one_sweep_end_within_forty_seconds() -> None:
    assert ScanJob.job.lease + SWEEP <= WITHIN
    assert ScanJob.job.lease > RENEW_EVERY, "a living worker keeps it"


async def test_a_scan_of_a_killed_worker_is_done_by_another_once(world: World, job_id: UUID, redis: Redis) -> None:
    killed = await world.database.act(claim, ScanJob, job_id)
    assert killed is not None
    sweeper = Sweeper(world.database, redis, JOBS)
    await sweeper._take_back(JOBS[0])
    assert (await world.database.read(rows))[1].status == "running", "its lease still runs"

    await world.database.act(clock.advance, WITHIN - SWEEP)
    await sweeper._take_back(JOBS[0])
    await run_job(world.database, JOBS[0], job_id)

    scan, job = await world.database.read(rows)
    assert (scan.status, job.status, job.attempts) == ("ready", "done", 2)
    with pytest.raises(GiveUp):
        await process_scan(Work(world.database, killed))
    await run_job(world.database, JOBS[0], job_id)
    after, job = await world.database.read(rows)
    assert (after.processed_at, after.steps, job.attempts) == (scan.processed_at, scan.steps, 2)
