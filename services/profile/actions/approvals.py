"""Keeping which version was approved when: what the approved data said on a given day."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.profile.models import Approval
from shared.kit.database import Session


async def note_approval(session: Session, submission_id: UUID, version: int, at: datetime) -> None:
    """Note that a version was approved; heard twice, it is noted once."""
    noted = insert(Approval).values(submission_id=submission_id, version=version, approved_at=at)
    await session.execute(noted.on_conflict_do_nothing())
