"""Reads of how the steps of a scan went, for operators: nothing of what stands on it."""

from typing import Any
from uuid import UUID

from services.profile.models import Scan
from shared.contracts.refusals import Missing
from shared.kit.database import Session


async def scan_steps(session: Session, scan_id: UUID) -> dict[str, Any]:
    """The scan, and each step: outcome and milliseconds; 404 where there is none."""
    scan = await session.get(Scan, scan_id)
    if scan is None:
        raise Missing
    return {
        "scan_id": str(scan.id),
        "purpose": scan.purpose,
        "status": scan.status,
        "code": scan.code,
        "steps": list(scan.steps),
    }
