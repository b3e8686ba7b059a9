"""What came of a scan, written down: its columns, what was read, what its pages are told by."""

import time
from dataclasses import asdict
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from services.profile import scanning
from services.profile.actions.checks import check, judged, keep_reading, readings
from services.profile.actions.notices import expect_notice
from services.profile.actions.prints import keep_prints, looks_in, looks_of
from services.profile.models import Scan
from services.profile.queries.claims import Claims, claims_on
from services.profile.scanning import Outcome, Rejection, StepRecord
from services.profile.scanning.crosscheck import CROSS_CHECKS, Declared
from shared.kit import clock
from shared.kit.database import Session


async def keep_outcome(session: Session, scan: Scan, outcome: Outcome) -> bool:
    """Write what came of a scan, and let its owner hear of a bad one; False where it was deleted meanwhile."""
    columns = (
        {**rejection(outcome.code or Rejection.UNREADABLE), "steps": steps(outcome)}
        if outcome.status == "rejected"
        else await _findings(session, scan, outcome)
    )
    written = await session.execute(
        update(Scan)
        .where(col(Scan.id) == scan.id)
        .values(**columns, flags=list(outcome.flags), processed_at=clock.now_sql())
        .returning(col(Scan.id))
    )
    is_there = written.first() is not None
    if is_there and outcome.status == "ready":
        await _keep_read(session, scan, outcome)
    if is_there and (outcome.status == "rejected" or columns["attention"]):
        await expect_notice(session, scan.account_id)
    return is_there


async def keep_read(session: Session, scan: Scan, outcome: Outcome) -> None:
    """Write what was read anew on pages that were drawn before."""
    claims = await claims_on(session, scan.account_id, scan.id)
    flags = sorted({*(flag for flag in scan.flags if flag not in scanning.FACE_FLAGS), *outcome.flags})
    started = time.monotonic()
    kept = [old for old in scan.checks if old["check"] not in CROSS_CHECKS]
    checks = kept + judged(outcome.lines, Declared(scan.purpose, *claims, frozenset(flags)))
    taken = [*before(scan, "read"), *steps(outcome), *_judging(started)]
    await _write(session, scan, checks, steps=taken, flags=flags, page_hashes=_hashes(outcome))
    await _keep_read(session, scan, outcome)


async def judge_again(session: Session, scan: Scan, step: str) -> None:
    """Draw facts and checks from what was read before, without the OCR."""
    read = (await readings(session, scan.account_id, [scan.id])).get(scan.id)
    claims = await claims_on(session, scan.account_id, scan.id)
    started = time.monotonic()
    kept = [old for old in scan.checks if old["check"] not in CROSS_CHECKS]
    checks = kept + judged(read, Declared(scan.purpose, *claims, frozenset(scan.flags)))
    await _write(
        session, scan, checks, steps=[*before(scan, step), *_judging(started)[-2 if step == "facts" else -1 :]]
    )
    looks = await looks_of(session, scan.id)
    await keep_prints(session, scan, looks or [""] * scan.pages, read, _id_number(claims))


async def _write(session: Session, scan: Scan, checks: list[dict[str, Any]], **columns: object) -> None:
    """Write new checks beside what else is new of a ready scan."""
    attention = sum(found["outcome"] != "passed" for found in checks)
    written = update(Scan).where(col(Scan.id) == scan.id)
    await session.execute(written.values(checks=checks, attention=attention, **columns))
    if attention > scan.attention:
        await expect_notice(session, scan.account_id)


async def _keep_read(session: Session, scan: Scan, outcome: Outcome) -> None:
    """Keep what was read, and what the pages are told by."""
    if outcome.lines is not None:
        await keep_reading(session, scan, outcome.lines)
    claims = await claims_on(session, scan.account_id, scan.id)
    await keep_prints(session, scan, looks_in(outcome), outcome.lines, _id_number(claims))


async def _findings(session: Session, scan: Scan, outcome: Outcome) -> dict[str, Any]:
    """The columns of a scan that is ready."""
    claims = await claims_on(session, scan.account_id, scan.id)
    started = time.monotonic()
    against = Declared(scan.purpose, *claims, frozenset(outcome.flags))
    checks = [check(found) for found in outcome.checks] + judged(outcome.lines, against)
    return {
        "status": "ready",
        "pages": len(outcome.pages),
        "cleaned_type": outcome.cleaned.media_type if outcome.cleaned else None,
        "cleaned_sha256": outcome.hashes.cleaned if outcome.hashes else None,
        "page_hashes": _hashes(outcome),
        "checks": checks,
        "attention": sum(found["outcome"] != "passed" for found in checks),
        "steps": [*steps(outcome), *_judging(started)],
    }


def rejection(code: Rejection) -> dict[str, Any]:
    """The columns of a scan that is rejected."""
    return {"status": "rejected", "code": code.value, "reason": scanning.reason(code.value)}


def steps(outcome: Outcome) -> list[dict[str, Any]]:
    """How each step went, as the row keeps it."""
    return [asdict(step) for step in outcome.steps]


def before(scan: Scan, step: str) -> list[dict[str, Any]]:
    """How the steps before this one went when they were last taken."""
    later = scanning.ALL_STEPS[scanning.ALL_STEPS.index(step) :]
    return [taken for taken in scan.steps if taken["step"] not in later]


def _judging(started: float) -> list[dict[str, Any]]:
    """The last two steps, which are taken in one."""
    spent = round(1000 * (time.monotonic() - started))
    return [asdict(StepRecord(name, "done", spent)) for name in scanning.JUDGING_STEPS]


def _hashes(outcome: Outcome) -> list[str]:
    return list(outcome.hashes.pages) if outcome.hashes else []


def _id_number(claims: Claims) -> str:
    return str(claims.basic.get("id_number") or "")
