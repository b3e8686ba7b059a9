"""Reads of the scans of which their owner is told."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.profile.models import Entry, Profile, Scan
from services.profile.rules.scans import is_still_bad
from shared.kit.database import Session


@dataclass(frozen=True, slots=True)
class BadScan:
    """A scan that was rejected, or of which a check asks a person to look."""

    scan_id: UUID
    status: Literal["rejected", "attention"]
    code: str
    sentence: str
    programme: str | None
    section: str | None
    field: str | None


async def bad_scans(session: Session, account_id: UUID) -> list[BadScan]:
    """The account's bad scans that were not replaced, the oldest first."""
    places = await _places(session, account_id)
    newer = aliased(Scan)
    has_later = exists().where(
        col(newer.account_id) == account_id,
        col(newer.purpose) == col(Scan.purpose),
        col(newer.created_at) > col(Scan.created_at),
        col(newer.status) != "rejected",
    )
    wanted = (
        select(Scan, has_later.label("has_later"))
        .where(
            col(Scan.account_id) == account_id,
            (col(Scan.status) == "rejected") | ((col(Scan.status) == "ready") & (col(Scan.attention) > 0)),
        )
        .order_by(col(Scan.id))
    )
    rows = (await session.execute(wanted)).all()
    return [_bad(row.Scan, places.get(str(row.Scan.id))) for row in rows if _is_still_bad(row, places)]


def _is_still_bad(row: Row[Scan, bool], places: dict[str, tuple[str, str, str]]) -> bool:
    """Ask the law of one scan."""
    scan: Scan = row.Scan
    return is_still_bad(
        named=str(scan.id) in places, was_named=scan.named_at is not None, has_later=bool(row.has_later)
    )


def _bad(scan: Scan, place: tuple[str, str, str] | None) -> BadScan:
    """A scan with what is wrong with it, and where a draft names it."""
    programme, section, field = place or (None, None, None)
    if scan.status == "rejected":
        return BadScan(scan.id, "rejected", str(scan.code), str(scan.reason), programme, section, field)
    asking = next(check for check in scan.checks if check["outcome"] != "passed")
    return BadScan(scan.id, "attention", str(asking["code"]), str(asking["sentence"]), programme, section, field)


async def _places(session: Session, account_id: UUID) -> dict[str, tuple[str, str, str]]:
    """Where the account's drafts name which scan: programme, section, field."""
    wanted = (
        select(col(Profile.programme), col(Entry.section), col(Entry.scans))
        .join(Entry, col(Entry.profile_id) == col(Profile.id))
        .where(col(Profile.account_id) == account_id, col(Entry.scans) != {})
    )
    return {
        scan: (row.programme, row.section, field)
        for row in await session.execute(wanted)
        for scan, field in row.scans.items()
    }
