"""A scan as each may see it: its owner beside the draft, a reviewer as it was filed, the city's beside duplicates."""

from collections.abc import Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.profile.models import ChangeRequest, Scan, Snapshot, SnapshotScan, Viewer
from services.profile.queries import scans
from services.profile.queries.duplicates import duplicates, may_see
from services.profile.rules.prints import duplicate_check
from shared.contracts.identity import Caller
from shared.kit.database import Session

Checks: TypeAlias = Sequence[dict[str, Any]]


async def scan(session: Session, caller: Caller, scan_id: UUID, language: str) -> dict[str, Any]:
    """A scan with the checks that are the caller's to see; 404 where it is not theirs to look at."""
    found = await scans.visible(session, caller, scan_id)
    if caller.person == found.account_id:
        return scans.shown(found, language)
    checks = await _of_a_viewer(session, caller, found)
    if found.status == "ready" and await may_see(session, caller):
        pages = await duplicates(session, {found.id})
        checks = [*checks, duplicate_check(pages.get(found.id))]
    return scans.shown(found, language, checks)


async def _of_a_viewer(session: Session, caller: Caller, found: Scan) -> Checks:
    """The checks of what was filed, for whom it was filed to; an administrator sees what the owner sees."""
    if "reviewer" not in caller.roles or caller.organization_id is None:
        return found.checks
    in_version = await _of_a_version(session, caller.organization_id, found.id)
    if in_version is not None:
        return in_version
    in_change = await _of_a_change(session, caller.organization_id, found.id)
    return found.checks if in_change is None else in_change


async def _of_a_version(session: Session, organization_id: UUID, scan_id: UUID) -> Checks | None:
    """As the newest version says that the organization may see; of several places the one that asks for most."""
    wanted = (
        select(col(SnapshotScan.snapshot_id), col(SnapshotScan.checks))
        .join(Snapshot, col(Snapshot.id) == col(SnapshotScan.snapshot_id))
        .join(Viewer, col(Viewer.submission_id) == col(Snapshot.submission_id))
        .where(
            col(SnapshotScan.scan_id) == scan_id,
            col(Viewer.organization_id) == organization_id,
            col(Snapshot.version) <= col(Viewer.version),
        )
        .order_by(col(Snapshot.filed_at).desc(), col(Snapshot.version).desc())
    )
    rows = (await session.execute(wanted)).all()
    newest = [row.checks for row in rows if row.snapshot_id == rows[0].snapshot_id]
    return max(newest, key=_asking) if newest else None


async def _of_a_change(session: Session, organization_id: UUID, scan_id: UUID) -> Checks | None:
    """As the newest change request says that the organization decides and that names the scan."""
    wanted = (
        select(col(ChangeRequest.checks))
        .where(col(ChangeRequest.organization_id) == organization_id, col(ChangeRequest.scans).op("?")(str(scan_id)))
        .order_by(col(ChangeRequest.id).desc())
        .limit(1)
    )
    kept = (await session.execute(wanted)).scalar_one_or_none()
    return kept.get(str(scan_id)) if kept else None


def _asking(checks: Checks) -> int:
    return sum(check["outcome"] != "passed" for check in checks)
