"""Notes which version a reviewer saw: opened it, or decided it (domain rule 6)."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.review.models import Sight
from shared.contracts.identity import Caller
from shared.kit import clock
from shared.kit.database import Session


async def note_sight(session: Session, case_id: UUID, caller: Caller, version: int) -> None:
    """Note that the caller's organization has seen the version, through this reviewer, now."""
    now = clock.now_sql()
    seen = insert(Sight).values(
        case_id=case_id,
        organization_id=caller.organization,
        version=version,
        reviewer_id=caller.person,
        first_at=now,
        last_at=now,
    )
    await session.execute(
        seen.on_conflict_do_update(
            index_elements=["case_id", "organization_id", "version", "reviewer_id"], set_={"last_at": now}
        )
    )
