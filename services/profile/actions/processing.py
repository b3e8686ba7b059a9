"""Processing a scan: the pipeline judges and redraws it, and what may be seen of it is kept encrypted."""

import asyncio
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from services.profile import scanning
from services.profile.actions.checks import check, cross_checked, keep_reading
from services.profile.actions.notices import expect_notice
from services.profile.actions.scans import cleaned_key, drop_files, page_key, source_key, thumbnail_key
from services.profile.models import Scan, ScanJob
from services.profile.scanning import Outcome, Rejection
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.files import files
from shared.kit.jobs import GiveUp, Work


async def process_scan(work: Work[ScanJob]) -> None:
    """Take one scan through the pipeline, and keep what came of it.

    A failure of ours is tried again by the kit; the last try that fails rejects the scan as unreadable.
    """
    async with work.database.transaction() as session:
        scan = await _take_up(session, work.row.scan_id)
    if scan is None:
        raise GiveUp("scan deleted", "cancelled")
    try:
        await _process(work, scan)
    except Exception:
        if work.row.attempts < work.row.job.attempts:
            raise
        async with work.database.transaction() as session:
            await work.finish(session, status="failed", last_error="pipeline failed")
            await reject_unreadable(session, scan.id)


async def _take_up(session: Session, scan_id: UUID) -> Scan | None:
    """Mark the scan as being processed; None when it was deleted."""
    taken = update(Scan).where(col(Scan.id) == scan_id, col(Scan.status).in_(("received", "processing")))
    return (await session.execute(taken.values(status="processing").returning(Scan))).scalar_one_or_none()


async def _process(work: Work[ScanJob], scan: Scan) -> None:
    """Run the pipeline in a folder of its own, which is gone at the end; then keep what came of it."""
    with tempfile.TemporaryDirectory(prefix="juxian-scan-") as folder:
        source, target = Path(folder) / "source", Path(folder) / "target"
        async with work.database.transaction() as session:
            await files().copy_to(session, scan.account_id, source_key(scan.id), source)
        outcome = await asyncio.to_thread(scanning.process, source, target, scan.purpose)
        kept = _files(scan.id, outcome)
        async with work.database.transaction() as session:
            for key, path in kept.items():
                await files().keep(session, scan.account_id, key, path)
    async with work.database.transaction() as session:
        await work.finish(session)
        is_there = await keep_outcome(session, scan, outcome)
    if not is_there:
        await drop_files(list(kept))


async def keep_outcome(session: Session, scan: Scan, outcome: Outcome) -> bool:
    """Write what came of a scan, and let its owner hear of a bad one; False where it was deleted meanwhile."""
    is_rejected = outcome.status == "rejected"
    columns = (
        _rejection(outcome.code or Rejection.UNREADABLE) if is_rejected else await _findings(session, scan, outcome)
    )
    written = await session.execute(
        update(Scan)
        .where(col(Scan.id) == scan.id)
        .values(**columns, flags=list(outcome.flags), steps=_steps(outcome), processed_at=clock.now_sql())
        .returning(col(Scan.id))
    )
    is_there = written.first() is not None
    if is_there and outcome.lines is not None:
        await keep_reading(session, scan, outcome.lines)
    if is_there and (is_rejected or columns["attention"]):
        await expect_notice(session, scan.account_id)
    return is_there


def _files(scan_id: UUID, outcome: Outcome) -> dict[str, Path]:
    """What is kept of a scan, by its key: pages, thumbnail and the cleaned copy."""
    kept = {page_key(scan_id, number): page.path for number, page in enumerate(outcome.pages, start=1)}
    if outcome.thumbnail:
        kept[thumbnail_key(scan_id)] = outcome.thumbnail.path
    if outcome.cleaned:
        kept[cleaned_key(scan_id)] = outcome.cleaned.path
    return kept


def _rejection(code: Rejection) -> dict[str, Any]:
    """The columns of a scan that is rejected."""
    return {"status": "rejected", "code": code.value, "reason": scanning.reason(code.value)}


async def _findings(session: Session, scan: Scan, outcome: Outcome) -> dict[str, Any]:
    """The columns of a scan that is ready."""
    hashes = outcome.hashes
    checks = [check(found) for found in outcome.checks] + await cross_checked(session, scan, outcome.lines)
    return {
        "status": "ready",
        "pages": len(outcome.pages),
        "cleaned_type": outcome.cleaned.media_type if outcome.cleaned else None,
        "cleaned_sha256": hashes.cleaned if hashes else None,
        "page_hashes": list(hashes.pages) if hashes else [],
        "checks": checks,
        "attention": sum(found["outcome"] != "passed" for found in checks),
    }


def _steps(outcome: Outcome) -> list[dict[str, Any]]:
    """How each step went, as the row keeps it."""
    return [asdict(step) for step in outcome.steps]


async def reject_unreadable(session: Session, scan_id: UUID) -> None:
    """Reject a scan that could not be processed for reasons of its own: its worker failed or died too often."""
    rejected = (
        update(Scan)
        .where(col(Scan.id) == scan_id, col(Scan.status).in_(("received", "processing")))
        .values(**_rejection(Rejection.UNREADABLE), processed_at=clock.now_sql())
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
