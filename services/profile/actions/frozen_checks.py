"""Checks that belong to a version: of each scan against the values beside which it is filed, made once and for good.

The applicant's own view follows the draft (`checks`); what reviewers see is part of what was filed.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.profile.actions.checks import declared, judged, readings
from services.profile.models import Scan
from services.profile.rules.contents import NamedIn
from services.profile.scanning import Line
from services.profile.scanning.crosscheck import CROSS_CHECKS
from shared.kit.database import Session
from shared.programmes.shape import Contents, Json, Values

Checks = list[dict[str, Any]]


async def checks_of(
    session: Session, account_id: UUID, places: Sequence[NamedIn], held: Contents, record: Values | None = None
) -> list[Checks]:
    """The checks of the scan in each place against these contents.

    `record` stands for the record that the place lies in, where it is not in the contents yet.
    """
    ids = {UUID(place.scan_id) for place in places}
    scans = {scan.id: scan for scan in (await session.execute(select(Scan).where(col(Scan.id).in_(ids)))).scalars()}
    read = await readings(session, account_id, ids)
    return [_checks(scans[UUID(place.scan_id)], read, held, place, record) for place in places]


def asking(places: Sequence[NamedIn], checks: Sequence[Checks]) -> int:
    """How many checks ask for a look; one of a scan that is named twice counts once."""
    return len(
        {
            (place.scan_id, found["check"])
            for place, ones in zip(places, checks, strict=True)
            for found in ones
            if found["outcome"] != "passed"
        }
    )


def _checks(
    scan: Scan, read: Mapping[UUID, tuple[Line, ...]], held: Contents, place: NamedIn, record: Values | None
) -> Checks:
    """What the pipeline said of the scan, and its cross-checks; one that was never read keeps what it has."""
    if scan.id not in read:
        return list(scan.checks)
    kept = [old for old in scan.checks if old["check"] not in CROSS_CHECKS]
    basic = cast("Mapping[str, Json]", held.get("basic") or {})
    values = _record(held, place) if record is None else record
    return kept + judged(read[scan.id], declared(scan, basic, values))


def _record(held: Contents, place: NamedIn) -> Values:
    """The record in which a place lies."""
    kept = held.get(place.section) or {}
    if place.entry_id is None:
        return cast("Values", kept)
    return next((values for entry, values in cast("Sequence[tuple[str, Values]]", kept) if entry == place.entry_id), {})
