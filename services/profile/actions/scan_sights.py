"""That somebody other than its owner looked at a scan: an access row, once an hour; of administrators a note, too."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, insert, select, union_all
from sqlmodel import col

from services.profile.models import Access, ChangeRequest, Organization, Snapshot, SnapshotScan
from shared.contracts.identity import Caller
from shared.kit import audit, clock
from shared.kit.database import Session
from shared.kit.ids import new_id

AGAIN = timedelta(hours=1)
"""Pages that are looked at one after the other are one access; so are those of a dossier that was opened."""


async def note_sight(session: Session, caller: Caller, scan_id: UUID) -> None:
    """Let the owner see who looked, unless that stands there for the last hour.

    A scan that was never filed stands in no submission: the audit trail alone tells that an administrator saw it.
    """
    submission_id = await _submission(session, scan_id)
    if submission_id is not None and await _is_noted(session, caller, submission_id):
        return
    if "administrator" in caller.roles:
        await audit.note(session, caller, "scan_seen", "scan", scan_id)
    if submission_id is not None:
        await session.execute(insert(Access).values(**await _row(session, caller, submission_id)))


async def _submission(session: Session, scan_id: UUID) -> UUID | None:
    """The submission that the scan was filed in, as a part of a version or of a change request; the newest."""
    filed: Select[*tuple[Any, ...]] = (
        select(col(Snapshot.submission_id).label("submission_id"), col(Snapshot.filed_at).label("at"))
        .join(SnapshotScan, col(SnapshotScan.snapshot_id) == col(Snapshot.id))
        .where(col(SnapshotScan.scan_id) == scan_id)
    )
    asked = select(col(ChangeRequest.submission_id), col(ChangeRequest.filed_at)).where(
        col(ChangeRequest.scans).op("?")(str(scan_id))
    )
    both = union_all(filed, asked).subquery()
    newest = select(both.c.submission_id).order_by(both.c.at.desc()).limit(1)
    return (await session.execute(newest)).scalar_one_or_none()


async def _is_noted(session: Session, caller: Caller, submission_id: UUID) -> bool:
    """Whether the person's look at that submission stands there already."""
    fresh = select(col(Access.id)).where(
        col(Access.submission_id) == submission_id,
        col(Access.reviewer_id) == caller.person,
        col(Access.kind) == "opened",
        col(Access.opened_at) > clock.now_sql() - AGAIN,
    )
    return (await session.execute(fresh.limit(1))).first() is not None


async def _row(session: Session, caller: Caller, submission_id: UUID) -> dict[str, object]:
    """The access: for whom a reviewer looked; an administrator looks for nobody."""
    named = select(col(Organization.name)).where(col(Organization.id) == caller.organization_id)
    name = (await session.execute(named)).scalar_one_or_none() if caller.organization_id else None
    return {
        "id": new_id(),
        "submission_id": submission_id,
        "reviewer_id": caller.person,
        "organization_id": caller.organization_id if name else None,
        "organization_name": name,
        "opened_at": clock.now_sql(),
    }
