"""Which versions an organization has seen, and which of those it needs have no copy here."""

from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from services.review.models import Sight, Snapshot
from services.review.queries.access import find
from shared.contracts.identity import Caller
from shared.kit.database import Session


async def seen_before(session: Session, case_id: UUID, organization_id: UUID, version: int) -> int | None:
    """The newest version, older than this one, that the organization opened or decided (domain rule 6)."""
    newest = select(func.max(Sight.version)).where(
        col(Sight.case_id) == case_id,
        col(Sight.organization_id) == organization_id,
        col(Sight.version) < version,
    )
    seen: int | None = (await session.execute(newest)).scalar_one_or_none()
    return seen


async def lacking_copies(session: Session, caller: Caller, case_id: UUID) -> tuple[UUID, list[int]]:
    """The submission, and the versions that a dossier shows or compares but that have no copy here."""
    case, turn = await find(session, caller, case_id)
    older = await seen_before(session, case.id, caller.organization, turn.version)
    wanted = {turn.version} | ({older} if older else set())
    here = select(col(Snapshot.version)).where(col(Snapshot.case_id) == case.id, col(Snapshot.version).in_(wanted))
    return case.submission_id, sorted(wanted - set((await session.execute(here)).scalars()))
