"""Checks against what is declared: made when a scan was read, and again when the draft changes, without the OCR."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final, cast
from uuid import UUID

import structlog
from pydantic import TypeAdapter
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.profile import scanning
from services.profile.actions.notices import expect_notice
from services.profile.actions.prints import know_person
from services.profile.models import Scan, ScanReading, ScanRecheck
from services.profile.queries.claims import claims_on
from services.profile.scanning import Check, Line
from services.profile.scanning.crosscheck import CROSS_CHECKS, Declared, cross_check
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.jobs import Work
from shared.kit.vault import Json as Sealable, vault

_LINES: Final = TypeAdapter(tuple[Line, ...])
log = structlog.get_logger(__name__)


def check(found: Check) -> dict[str, Any]:
    """A check as the row keeps it."""
    return {
        "check": found.check,
        "outcome": found.outcome,
        "code": found.code,
        "sentence": scanning.finding(found.code),
        "page": found.page,
        "box": asdict(found.box) if found.box else None,
    }


async def cross_checked(session: Session, scan: Scan, lines: Sequence[Line] | None) -> list[dict[str, Any]]:
    """The checks of what was read against what is declared now."""
    return judged(lines, declared(scan, *await claims_on(session, scan.account_id, scan.id)))


def declared(scan: Scan, basic: Mapping[str, object], record: Mapping[str, object]) -> Declared:
    """What a scan is held against."""
    return Declared(scan.purpose, basic, record, frozenset(scan.flags))


def judged(lines: Sequence[Line] | None, against: Declared) -> list[dict[str, Any]]:
    """The checks as rows keep them; where we fail to make them, a person is asked to look."""
    try:
        return [check(found) for found in cross_check(lines, against)]
    except Exception:
        log.exception("cross_check_failed", purpose=against.purpose)
        return [check(Check("legible", "attention", "not_read"))]


async def keep_reading(session: Session, scan: Scan, lines: Sequence[Line]) -> None:
    """Keep what was read, encrypted; read again, the newest counts."""
    kept = await vault().seal(
        session,
        scan.account_id,
        cast("Sealable", [asdict(line) for line in lines]),
        table="scan_reading",
        column="lines",
        row_id=scan.id,
    )
    row = insert(ScanReading).values(scan_id=scan.id, account_id=scan.account_id, lines=kept)
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[col(ScanReading.scan_id)], set_={"lines": kept, "read_at": clock.now_sql()}
        )
    )


async def readings(session: Session, account_id: UUID, scan_ids: Collection[UUID]) -> dict[UUID, tuple[Line, ...]]:
    """What was read on each of these scans of an account, where it was."""
    wanted = select(col(ScanReading.scan_id), col(ScanReading.lines)).where(
        col(ScanReading.account_id) == account_id, col(ScanReading.scan_id).in_(scan_ids)
    )
    rows = (await session.execute(wanted)).all()
    places = [(row.lines, "scan_reading", "lines", row.scan_id) for row in rows]
    opened = await vault().open_many(session, account_id, places)
    return {row.scan_id: _LINES.validate_python(lines) for row, lines in zip(rows, opened, strict=True)}


async def check_scans(work: Work[ScanRecheck]) -> None:
    """Check every scan of the account that was read against what is declared now."""
    async with work.database.transaction() as session:
        await work.finish(session)
        account_id = work.row.account_id
        mine = select(Scan).where(col(Scan.account_id) == account_id, col(Scan.status) == "ready")
        scans = list((await session.execute(mine.order_by(col(Scan.id)))).scalars())
        read = await readings(session, account_id, {scan.id for scan in scans})
        if read:
            await know_person(session, account_id, (await claims_on(session, account_id, scans[-1].id)).basic)
        worse = [await _checked_again(session, scan, read[scan.id]) for scan in scans if scan.id in read]
        if any(worse):
            await expect_notice(session, account_id)


async def _checked_again(session: Session, scan: Scan, lines: Sequence[Line]) -> bool:
    """Put the new checks in the old ones' place; whether more of them ask for a look than before."""
    kept = [old for old in scan.checks if old["check"] not in CROSS_CHECKS]
    checks = kept + await cross_checked(session, scan, lines)
    attention: int = sum(found["outcome"] != "passed" for found in checks)
    if checks != scan.checks:
        written = update(Scan).where(col(Scan.id) == scan.id)
        await session.execute(written.values(checks=checks, attention=attention))
    return bool(attention > scan.attention)
