"""Which organizations may see the scans of a submission, and of which version."""

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.profile.models import Viewer
from shared.contracts.events import CaseHandedOver, TierReached
from shared.kit.database import Session


async def let_see(session: Session, event: TierReached | CaseHandedOver) -> None:
    """Let the event's organization see the submission in the event's version; a newer one that it saw stays."""
    seen = insert(Viewer).values(
        submission_id=event.submission_id, organization_id=event.organization_id, version=event.version
    )
    await session.execute(
        seen.on_conflict_do_update(
            index_elements=[col(Viewer.submission_id), col(Viewer.organization_id)],
            set_={"version": func.greatest(col(Viewer.version), seen.excluded.version)},
        )
    )
