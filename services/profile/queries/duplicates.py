"""Reads of scans that another applicant has uploaded too: for the city tiers and administrators alone.

Looked up when somebody who may see it looks: nothing of it is kept where an applicant's own checks are, so that
neither the applicant nor a letter can learn of it.
"""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.profile.models import Organization, ScanPrint, Snapshot, SnapshotScan
from services.profile.queries.scans import checks_shown
from services.profile.rules.prints import duplicate_check, is_same
from shared.contracts.identity import Caller
from shared.kit.database import Session

_CANDIDATES: Final = 200
"""Pages looked at for each: those that share a number are few, pictures that share a part of their hash too."""
_CITY: Final = "city_"


async def may_see(session: Session, caller: Caller) -> bool:
    """Whether the caller is an administrator, or reviews for an organization of a city tier."""
    if "administrator" in caller.roles:
        return True
    if "reviewer" not in caller.roles or caller.organization_id is None:
        return False
    kind = select(col(Organization.kind)).where(col(Organization.id) == caller.organization_id)
    return str((await session.execute(kind)).scalar_one_or_none() or "").startswith(_CITY)


async def duplicates(session: Session, scan_ids: Collection[UUID]) -> dict[UUID, int]:
    """Of these scans those that another person has uploaded too, each with the first page that is the same."""
    mine, other = aliased(ScanPrint), aliased(ScanPrint)
    same_person = or_(col(other.person).is_(None), col(mine.person).is_(None), col(other.person) != col(mine.person))
    found = (
        select(col(other.tokens).label("tokens"), col(other.looks).label("looks"))
        .where(col(other.tokens).op("&&")(col(mine.tokens)), col(other.account_id) != col(mine.account_id), same_person)
        .limit(_CANDIDATES)
        .lateral("found")
    )
    wanted = (
        select(col(mine.scan_id), col(mine.page), col(mine.tokens), col(mine.looks), found.c.tokens, found.c.looks)
        .where(col(mine.scan_id).in_(scan_ids))
        .order_by(col(mine.scan_id), col(mine.page))
    )
    pages: dict[UUID, int] = {}
    for scan_id, page, tokens, looks, others, other_looks in await session.execute(wanted):
        if scan_id not in pages and is_same(tokens, others, looks, other_looks):
            pages[scan_id] = page
    return pages


async def duplicates_of_version(session: Session, submission_id: UUID, number: int) -> dict[str, dict[str, Any]]:
    """The check `duplicate` of every scan that a version names, by its id."""
    named = (
        select(col(SnapshotScan.scan_id))
        .join(Snapshot, col(Snapshot.id) == col(SnapshotScan.snapshot_id))
        .where(col(Snapshot.submission_id) == submission_id, col(Snapshot.version) == number)
    )
    scan_ids = set((await session.execute(named)).scalars())
    found = await duplicates(session, scan_ids)
    marks = {str(scan_id): duplicate_check(found.get(scan_id)) for scan_id in scan_ids}
    return {scan_id: checks_shown([mark], "zh")[0] for scan_id, mark in marks.items()}
