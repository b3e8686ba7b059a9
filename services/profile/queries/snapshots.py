"""Reads of frozen versions: for review, for the form, and to apply a change to."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.profile.models import Scan, Snapshot, SnapshotScan, Submission
from services.profile.queries.drafts import Draft
from services.profile.queries.scans import checks_shown
from services.profile.rules.contents import Sections
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.vault import vault


async def newest(session: Session, draft: Draft) -> Snapshot:
    """The newest version of a submission that was filed."""
    return await version(session, draft.submission_id, draft.standing.version)


async def version(session: Session, submission_id: UUID, number: int) -> Snapshot:
    """One version; 404 where there is none."""
    wanted = select(Snapshot).where(col(Snapshot.submission_id) == submission_id, col(Snapshot.version) == number)
    found = (await session.execute(wanted)).scalar_one_or_none()
    if found is None:
        raise Missing
    return found


async def opened(session: Session, account_id: UUID, snapshot: Snapshot) -> Sections:
    """The sections of a version, opened."""
    sections = await vault().open(
        session, account_id, snapshot.sections, table="snapshot", column="sections", row_id=snapshot.id
    )
    return cast("Sections", sections)


async def for_review(session: Session, submission_id: UUID, number: int) -> dict[str, Any]:
    """A version as review keeps it: full values, every scan with its checks, whose it is."""
    owner = select(col(Submission.account_id)).where(col(Submission.id) == submission_id)
    account_id = (await session.execute(owner)).scalar_one_or_none()
    if account_id is None:
        raise Missing
    snapshot = await version(session, submission_id, number)
    return {
        "submission_id": str(submission_id),
        "version": number,
        "filed_at": snapshot.filed_at,
        "sections": await opened(session, account_id, snapshot),
        "scans": await _scans(session, snapshot.id),
        "person": {"account_id": str(account_id)},
        "content_hash": snapshot.content_hash,
    }


async def _scans(session: Session, snapshot_id: UUID) -> list[dict[str, Any]]:
    """The scans that a version names, in its order."""
    wanted = (
        select(
            col(SnapshotScan.scan_id),
            col(SnapshotScan.section),
            col(SnapshotScan.entry_id),
            col(SnapshotScan.field),
            col(Scan.purpose),
            col(Scan.status),
            col(Scan.pages),
            col(SnapshotScan.checks),
        )
        .join(Scan, col(Scan.id) == col(SnapshotScan.scan_id))
        .where(col(SnapshotScan.snapshot_id) == snapshot_id)
        .order_by(col(SnapshotScan.position))
    )
    return [
        {**row._asdict(), "checks": checks_shown(row.checks, "zh")} for row in (await session.execute(wanted)).all()
    ]
