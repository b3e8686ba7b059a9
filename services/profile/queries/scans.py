"""Reads of scans: one's own, and who else may look at one."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from services.profile.models import (
    ChangeRequest,
    Entry,
    Profile,
    Scan,
    Snapshot,
    SnapshotScan,
    Viewer,
)
from services.profile.queries.paging import after_id
from services.profile.rules.scans import PENDING, Kept
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.texts import translate
from shared.kit.web.paging import Listed, Page


def shown(scan: Scan, language: str, checks: Sequence[Mapping[str, Any]] | None = None) -> dict[str, Any]:
    """A scan as the API shows it, with its own checks unless others are given."""
    return {
        "scan_id": str(scan.id),
        "purpose": scan.purpose,
        "status": scan.status,
        "code": scan.code,
        "reason": translate(scan.reason, language) if scan.reason else None,
        "pages": scan.pages,
        "checks": checks_shown(scan.checks if checks is None else checks, language),
        "uploaded_at": scan.created_at,
    }


def checks_shown(checks: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """Checks as the API shows them."""
    return [
        {
            "check": check["check"],
            "outcome": check["outcome"],
            "message": translate(check["sentence"], language, **check.get("values", {})),
            "page": check["page"],
            "box": check["box"],
        }
        for check in checks
    ]


async def own_scans(session: Session, account_id: UUID, page: Page, language: str) -> Listed[dict[str, Any]]:
    """One's own scans, the newest first."""
    wanted = select(Scan).where(col(Scan.account_id) == account_id).order_by(col(Scan.id).desc()).limit(page.limit + 1)
    after = after_id(page)
    if after:
        wanted = wanted.where(col(Scan.id) < after)
    rows, more = page.cut(list((await session.execute(wanted)).scalars()))
    return page.of([shown(scan, language) for scan in rows], (str(rows[-1].id),) if more else None)


async def visible(session: Session, caller: Caller, scan_id: UUID) -> Scan:
    """A scan that the caller may look at: its owner, an administrator, reviewers whom it has reached; 404 else."""
    scan = await session.get(Scan, scan_id)
    if scan is None or not await _may_see(session, caller, scan):
        raise Missing
    return scan


async def _may_see(session: Session, caller: Caller, scan: Scan) -> bool:
    """Whether the caller may look at the scan."""
    if caller.person == scan.account_id or "administrator" in caller.roles:
        return True
    if "reviewer" not in caller.roles or caller.organization_id is None:
        return False
    return await _has_reached(session, caller.organization_id, scan.id)


async def _has_reached(session: Session, organization_id: UUID, scan_id: UUID) -> bool:
    """Whether an organization holds a version, or a change request, that names the scan."""
    in_version = (
        select(col(SnapshotScan.scan_id))
        .join(Snapshot, col(Snapshot.id) == col(SnapshotScan.snapshot_id))
        .join(Viewer, col(Viewer.submission_id) == col(Snapshot.submission_id))
        .where(
            col(SnapshotScan.scan_id) == scan_id,
            col(Viewer.organization_id) == organization_id,
            col(Snapshot.version) <= col(Viewer.version),
        )
    )
    in_change = select(col(ChangeRequest.id)).where(
        col(ChangeRequest.organization_id) == organization_id, col(ChangeRequest.scans).op("?")(str(scan_id))
    )
    found = await session.execute(select(in_version.exists() | in_change.exists()))
    return bool(found.scalar_one())


async def kept(session: Session, account_id: UUID) -> Kept:
    """What an account keeps."""
    wanted = select(
        func.count(),
        func.coalesce(func.sum(col(Scan.size)), 0),
        func.count().filter(col(Scan.status).in_(PENDING)),
    ).where(col(Scan.account_id) == account_id)
    files, size, waiting = (await session.execute(wanted)).one()
    return Kept(files=int(files), size=int(size), waiting=int(waiting))


async def is_in_use(session: Session, scan: Scan) -> bool:
    """Whether a draft, a snapshot or a change request names the scan."""
    in_draft = (
        select(col(Entry.id))
        .join(Profile, col(Profile.id) == col(Entry.profile_id))
        .where(col(Profile.account_id) == scan.account_id, col(Entry.scans).op("?")(str(scan.id)))
    )
    in_version = select(col(SnapshotScan.scan_id)).where(col(SnapshotScan.scan_id) == scan.id)
    in_change = select(col(ChangeRequest.id)).where(
        col(ChangeRequest.account_id) == scan.account_id, col(ChangeRequest.scans).op("?")(str(scan.id))
    )
    found = await session.execute(select(in_draft.exists() | in_version.exists() | in_change.exists()))
    return bool(found.scalar_one())
