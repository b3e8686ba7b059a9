"""Freezing a version: its sections sealed, its route, and the scans that it names."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import col

from services.profile.actions.frozen_checks import asking, checks_of
from services.profile.models import Snapshot, SnapshotScan
from services.profile.queries.drafts import Draft
from services.profile.rules.contents import applicant_name, frozen, scans_named
from services.profile.rules.filing import Office
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.vault import Json as Sealable, vault
from shared.programmes.shape import Contents


@dataclass(frozen=True, slots=True)
class Version:
    """What a version is besides its contents."""

    number: int
    round: int
    route: Sequence[dict[str, Any]]
    employer: Office
    change_request_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Frozen:
    """What others need to know of a frozen version."""

    filed_at: datetime
    content_hash: str
    applicant_name: str
    attention: int
    """Checks of its scans that ask a person to look."""


async def freeze(session: Session, draft: Draft, held: Contents, version: Version) -> Frozen:
    """Keep these contents as a version of the draft's submission, for good."""
    snapshot_id, name = new_id(), applicant_name(held)
    sections = await vault().seal(
        session,
        draft.account_id,
        cast("Sealable", frozen(draft.programme, held)),
        table="snapshot",
        column="sections",
        row_id=snapshot_id,
    )
    content_hash = hashlib.sha256(sections).hexdigest()
    made = await session.execute(
        insert(Snapshot)
        .values(
            id=snapshot_id,
            submission_id=draft.submission_id,
            version=version.number,
            round=version.round,
            change_request_id=version.change_request_id,
            sections=sections,
            content_hash=content_hash,
            route=list(version.route),
            applicant_name=name,
            employer_id=version.employer.organization_id,
            employer_name=version.employer.name,
        )
        .returning(col(Snapshot.filed_at))
    )
    filed_at = made.scalar_one()
    attention = await _keep_scans(session, draft, held, snapshot_id)
    return Frozen(filed_at, content_hash, name, attention)


async def _keep_scans(session: Session, draft: Draft, held: Contents, snapshot_id: UUID) -> int:
    """Note which scans the snapshot names, where, and their checks; gives how many of those ask for attention."""
    named = list(scans_named(draft.programme, held))
    if not named:
        return 0
    checks = await checks_of(session, draft.account_id, named, held)
    rows = [
        {
            "snapshot_id": snapshot_id,
            "position": position,
            "scan_id": UUID(place.scan_id),
            "section": place.section,
            "entry_id": UUID(place.entry_id) if place.entry_id else None,
            "field": place.field,
            "checks": found,
        }
        for position, (place, found) in enumerate(zip(named, checks, strict=True))
    ]
    await session.execute(insert(SnapshotScan), rows)
    return asking(named, checks)
