"""Checks against what is declared: made when a scan was read, and again when the draft changes, without the OCR."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final, cast

from pydantic import TypeAdapter
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.profile import scanning
from services.profile.actions.notices import expect_notice
from services.profile.models import Scan, ScanReading, ScanRecheck
from services.profile.queries.claims import claims_on
from services.profile.scanning import Check, Line
from services.profile.scanning.crosscheck import CROSS_CHECKS, Declared, cross_check
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.jobs import Work
from shared.kit.vault import Json as Sealable, vault

_LINES: Final = TypeAdapter(tuple[Line, ...])


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
    claims = await claims_on(session, scan.account_id, scan.id)
    return [check(found) for found in cross_check(lines, Declared(scan.purpose, *claims))]


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


async def check_scans(work: Work[ScanRecheck]) -> None:
    """Check every scan of the account that was read against what is declared now."""
    async with work.database.transaction() as session:
        await work.finish(session)
        account_id = work.row.account_id
        wanted = (
            select(Scan, col(ScanReading.lines))
            .join(ScanReading, col(ScanReading.scan_id) == col(Scan.id))
            .where(col(Scan.account_id) == account_id, col(Scan.status) == "ready")
            .order_by(col(Scan.id))
        )
        rows = (await session.execute(wanted)).all()
        places = [(row.lines, "scan_reading", "lines", row.Scan.id) for row in rows]
        opened = await vault().open_many(session, account_id, places)
        worse = [
            await _checked_again(session, row.Scan, _LINES.validate_python(lines))
            for row, lines in zip(rows, opened, strict=True)
        ]
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
