"""Scans are run again, from the file as it was uploaded or from a later step: an operator asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, cast, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col

from services.profile.actions.scans import QUEUE
from services.profile.models import Scan, ScanJob
from services.profile.rules.scans import PENDING
from services.profile.scanning import ALL_STEPS, FILE_STEPS, Rejection
from shared.contracts.refusals import Invalid
from shared.contracts.texts import _
from shared.kit.database import Session
from shared.kit.jobs import later


@dataclass(frozen=True, slots=True)
class Choice:
    """Which scans are run again: those named, or all that failed for reasons of ours; and from which step."""

    scan_ids: Sequence[UUID] = ()
    failed: bool = False
    from_step: str = FILE_STEPS[0]


async def reprocess(session: Session, choice: Choice) -> int:
    """Queue them; gives how many. One that waits already, or that is being processed, is left alone.

    A ready scan stays ready meanwhile, and stays as it is where it would be refused today; a rejected one is received
    again and always taken from its file. 422 for a step that there is not.
    """
    if choice.from_step not in ALL_STEPS:
        raise Invalid(code="unknown_step", sentence=_("没有这个步骤。"))
    scans = (await session.execute(_wanted(choice).with_for_update(skip_locked=True))).scalars().all()
    for scan in scans:
        if scan.status == "rejected":
            again = update(Scan).where(col(Scan.id) == scan.id)
            await session.execute(again.values(status="received", code=None, reason=None, processed_at=None))
        later(session, ScanJob(queue=QUEUE, scan_id=scan.id, from_step=choice.from_step))
    await session.flush()
    return len(scans)


def _wanted(choice: Choice) -> Select[Scan]:
    """The scans that are meant; none that waits, nor one of which a job waits."""
    waits = select(col(ScanJob.id)).where(
        col(ScanJob.scan_id) == col(Scan.id), col(ScanJob.status).in_(("queued", "retry", "running"))
    )
    ended = select(Scan).where(col(Scan.status).not_in(PENDING), ~waits.exists()).order_by(col(Scan.id))
    if choice.scan_ids:
        return ended.where(col(Scan.id).in_(choice.scan_ids))
    if not choice.failed:
        return ended.where(col(Scan.status) == "ready")
    unreadable = col(Scan.code) == Rejection.UNREADABLE.value
    return ended.where(or_(unreadable, col(Scan.steps).op("@>")(cast([{"outcome": "failed"}], JSONB))))
