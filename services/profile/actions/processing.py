"""Processing a scan: the pipeline judges and redraws it, and what may be seen of it is kept encrypted."""

import asyncio
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from services.profile import scanning
from services.profile.actions import outcomes
from services.profile.actions.notices import expect_notice
from services.profile.actions.outcomes import keep_outcome, rejection
from services.profile.actions.scans import (
    QUEUE,
    cleaned_key,
    drop_files,
    page_key,
    source_key,
    thumbnail_key,
)
from services.profile.models import Scan, ScanJob
from services.profile.scanning import Outcome, Rejection, antivirus
from services.profile.settings import settings
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.files import files
from shared.kit.jobs import GiveUp, Work, later

__all__ = ["keep_outcome", "process_scan", "reject_failed", "reject_unreadable"]
_ASK_AGAIN_SECONDS = 60
"""After which a virus scanner that was away is asked again, and a scan that was not read is read once more."""


async def process_scan(work: Work[ScanJob]) -> None:
    """Take one scan through the pipeline, or the rest of it, and keep what came of it.

    A failure of ours is tried again by the kit; the last try that fails rejects the scan as unreadable, unless it
    was ready before: what people have seen stays.
    """
    async with work.database.transaction() as session:
        scan = await _take_up(session, work.row)
    if scan is None:
        raise GiveUp("scan deleted", "cancelled")
    try:
        await _run(work, scan)
    except antivirus.NotInspected:
        await _wait_for_scanner(work, scan)
    except Exception:
        if work.row.attempts < work.row.job.attempts:
            raise
        async with work.database.transaction() as session:
            await work.finish(session, status="failed", last_error="pipeline failed")
            await reject_unreadable(session, scan.id)


async def _take_up(session: Session, job: ScanJob) -> Scan | None:
    """Mark a new scan as being processed, or take a ready one as it is; None when it was deleted."""
    if job.from_step is not None:
        ready = await session.get(Scan, job.scan_id)
        if ready is not None and ready.status == "ready":
            return ready
    taken = update(Scan).where(col(Scan.id) == job.scan_id, col(Scan.status).in_(("received", "processing")))
    return (await session.execute(taken.values(status="processing").returning(Scan))).scalar_one_or_none()


async def _run(work: Work[ScanJob], scan: Scan) -> None:
    """All steps, or those from the one named on; what a step needs of earlier ones was kept."""
    step = work.row.from_step
    if scan.status != "ready" or step is None or step in scanning.FILE_STEPS:
        await _process(work, scan)
    elif step == "read":
        await _read_again(work, scan)
    else:
        async with work.database.transaction() as session:
            await work.finish(session)
            await outcomes.judge_again(session, scan, step)


async def _process(work: Work[ScanJob], scan: Scan) -> None:
    """Run the pipeline in a folder of its own, which is gone at the end; then keep what came of it."""
    with tempfile.TemporaryDirectory(prefix="juxian-scan-") as folder:
        source, target = Path(folder) / "source", Path(folder) / "target"
        async with work.database.transaction() as session:
            await files().copy_to(session, scan.account_id, source_key(scan.id), source)
        outcome = await asyncio.to_thread(_outcome, source, target, scan.purpose)
        if scan.status == "ready" and outcome.status == "rejected":
            return await _leave(work, scan, outcome)
        kept = await _keep_files(work, scan, outcome)
    async with work.database.transaction() as session:
        await work.finish(session)
        is_there = await keep_outcome(session, scan, outcome)
        if is_there and outcome.status == "ready" and outcome.lines is None and work.row.from_step is None:
            await _read_later(session, scan)
    if not is_there:
        await drop_files(list(kept))
    return None


async def _read_later(session: Session, scan: Scan) -> None:
    """Try once more to read what could not be read: the machine may have been too busy."""
    at = await clock.now(session) + timedelta(seconds=_ASK_AGAIN_SECONDS)
    later(session, ScanJob(queue=QUEUE, scan_id=scan.id, from_step="read", next_at=at))


def _outcome(source: Path, target: Path, purpose: str) -> Outcome:
    """What the virus scanner, where there is one, and the pipeline say."""
    record = antivirus.inspect(source, settings().clamav_url)
    if record is not None and record.outcome == "rejected":
        return Outcome("rejected", Rejection.INFECTED, steps=(record,))
    outcome = scanning.process(source, target, purpose)
    return replace(outcome, steps=(record, *outcome.steps)) if record else outcome


async def _read_again(work: Work[ScanJob], scan: Scan) -> None:
    """Read the pages that were drawn before; the file itself is not touched."""
    with tempfile.TemporaryDirectory(prefix="juxian-scan-") as name:
        folder = Path(name)
        pages = [folder / f"page-{number:03}.jpg" for number in range(1, scan.pages + 1)]
        keys = [page_key(scan.id, number) for number in range(1, scan.pages + 1)]
        async with work.database.transaction() as session:
            for key, path in zip([*keys, thumbnail_key(scan.id)], [*pages, folder / "thumbnail.jpg"], strict=True):
                await files().copy_to(session, scan.account_id, key, path)
        outcome = await asyncio.to_thread(scanning.read_again, pages, folder / "thumbnail.jpg", scan.purpose)
        if any(outcome.turns):
            await _keep_files(work, scan, outcome)
    async with work.database.transaction() as session:
        await work.finish(session)
        await outcomes.keep_read(session, scan, outcome)


async def _keep_files(work: Work[ScanJob], scan: Scan, outcome: Outcome) -> dict[str, Path]:
    """Keep pages, thumbnail and the cleaned copy; gives them by their keys."""
    kept = {page_key(scan.id, number): page.path for number, page in enumerate(outcome.pages, start=1)}
    if outcome.thumbnail:
        kept[thumbnail_key(scan.id)] = outcome.thumbnail.path
    if outcome.cleaned:
        kept[cleaned_key(scan.id)] = outcome.cleaned.path
    async with work.database.transaction() as session:
        for key, path in kept.items():
            await files().keep(session, scan.account_id, key, path)
    return kept


async def _leave(work: Work[ScanJob], scan: Scan, outcome: Outcome) -> None:
    """A ready scan that would be refused today stays as people know it; its steps say what happened."""
    async with work.database.transaction() as session:
        await work.finish(session)
        written = update(Scan).where(col(Scan.id) == scan.id)
        await session.execute(written.values(steps=outcomes.steps(outcome)))


async def _wait_for_scanner(work: Work[ScanJob], scan: Scan) -> None:
    """Without its verdict no file is opened: the scan waits as it came, and another job asks again."""
    async with work.database.transaction() as session:
        await work.finish(session, status="cancelled", last_error="virus scanner away")
        waiting = update(Scan).where(col(Scan.id) == scan.id, col(Scan.status) == "processing")
        await session.execute(waiting.values(status="received"))
        at = await clock.now(session) + timedelta(seconds=_ASK_AGAIN_SECONDS)
        later(session, ScanJob(queue=QUEUE, scan_id=scan.id, from_step=work.row.from_step, next_at=at))


async def reject_unreadable(session: Session, scan_id: UUID) -> None:
    """Reject a scan that could not be processed for reasons of its own: its worker failed or died too often."""
    rejected = (
        update(Scan)
        .where(col(Scan.id) == scan_id, col(Scan.status).in_(("received", "processing")))
        .values(**rejection(Rejection.UNREADABLE), processed_at=clock.now_sql())
        .returning(col(Scan.account_id))
    )
    account_id = (await session.execute(rejected)).scalar_one_or_none()
    if account_id is not None:
        await expect_notice(session, account_id)


async def reject_failed(session: Session, job_id: UUID) -> None:
    """Reject the scan of a job that the kit gave up, because its worker died too often."""
    wanted = select(col(ScanJob.scan_id)).where(col(ScanJob.id) == job_id)
    scan_id = (await session.execute(wanted)).scalar_one_or_none()
    if scan_id is not None:
        await reject_unreadable(session, scan_id)
