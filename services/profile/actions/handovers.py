"""What is heard of handovers and mergers: who holds tiers from now on, and who may see what the old one saw."""

from uuid import UUID

from sqlalchemy import case, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.profile.actions.viewers import let_see
from services.profile.models import Organization, Submission, TierProgress, Viewer
from shared.contracts.events import CaseHandedOver
from shared.kit.database import Session


async def note_handed_over(session: Session, event: CaseHandedOver) -> None:
    """Another organization holds these tiers of an open case: progress and refusals name it; older tellings lose.

    None of an approved one: progress still says who decided, and the other may see it and answers for it.
    """
    if not event.tiers:
        await _note_answerable(session, event)
        return
    rows = [
        {
            "submission_id": event.submission_id,
            "round": event.round,
            "tier": tier,
            "holder_id": event.organization_id,
            "reached_sequence": event.sequence,
        }
        for tier in event.tiers
    ]
    fresh = insert(TierProgress).values(rows)
    is_newer = col(TierProgress.reached_sequence) < event.sequence
    holder = case((is_newer, event.organization_id), else_=col(TierProgress.holder_id))
    newest = func.greatest(col(TierProgress.reached_sequence), event.sequence)
    await session.execute(
        fresh.on_conflict_do_update(
            index_elements=[col(TierProgress.submission_id), col(TierProgress.round), col(TierProgress.tier)],
            set_={"holder_id": holder, "reached_sequence": newest},
        )
    )


async def _note_answerable(session: Session, event: CaseHandedOver) -> None:
    """Another organization answers for an approved submission, and may see what was approved."""
    is_this = col(Submission.id) == event.submission_id, col(Submission.round) == event.round
    answers = update(Submission).where(*is_this)
    await session.execute(answers.values(holder_id=event.organization_id))
    await let_see(session, event)


async def heir_in_chain(session: Session, into_id: UUID | None) -> UUID | None:
    """The organization that took the place, where the one that is named was merged itself meanwhile."""
    if into_id is None:
        return None
    found = await session.execute(select(col(Organization.merged_into)).where(col(Organization.id) == into_id))
    return found.scalar_one_or_none() or into_id


async def merge(session: Session, old_id: UUID, into_id: UUID) -> None:
    """The one that took the place may see what the old one might, and all that came to it by a merger."""
    earlier = update(Organization).where(col(Organization.merged_into) == old_id)
    await session.execute(earlier.values(merged_into=into_id))
    mine = col(Viewer.organization_id) == old_id
    theirs = select(col(Viewer.submission_id), literal(into_id), col(Viewer.version)).where(mine)
    seen = insert(Viewer).from_select(["submission_id", "organization_id", "version"], theirs)
    await session.execute(
        seen.on_conflict_do_update(
            index_elements=[col(Viewer.submission_id), col(Viewer.organization_id)],
            set_={"version": func.greatest(col(Viewer.version), seen.excluded.version)},
        )
    )
