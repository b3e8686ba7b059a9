"""Reads of how the steps of a scan went, for operators: nothing of what stands on it."""

from uuid import UUID

from services.profile.models import Scan
from shared.contracts.refusals import Missing
from shared.kit.database import Session


async def scan_steps(session: Session, scan_id: UUID) -> list[str]:
    """A line for the scan, and one for each step; 404 where there is none."""
    scan = await session.get(Scan, scan_id)
    if scan is None:
        raise Missing
    said = f"{scan.id}  {scan.purpose}  {scan.status}" + (f"  {scan.code}" if scan.code else "")
    return [said, *(f"  {step['step']:<12} {step['outcome']:<9} {step['milliseconds']} ms" for step in scan.steps)]
