"""What is heard of cases: tiers reached and decided, returns, approvals, dossiers opened, in whatever order."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeAlias

from sqlalchemy import case, delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.profile.actions.approvals import note_approval
from services.profile.actions.sharing import follow
from services.profile.actions.states import move
from services.profile.actions.viewers import let_see
from services.profile.models import Access, Submission, TierProgress
from services.profile.queries import drafts
from services.profile.queries.drafts import Draft
from services.profile.queries.submissions import decided_sequence
from services.profile.rules.drafts import Status
from services.profile.rules.states import can_follow, is_newer
from shared.contracts.events import Approved, DossierOpened, Returned, TierDecided, TierReached
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session

GLANCE = timedelta(minutes=5)
"""Scans that were served so shortly before the dossier's opening was heard of belong to it."""
Decision: TypeAlias = TierDecided | Returned | Approved


async def note_reached(session: Session, event: TierReached) -> None:
    """A tier has the submission: its organization may see this version, and every older one."""
    waits: dict[str, Any] = {
        "holder_id": event.organization_id,
        "waiting_since": event.reached_at,
        "usual_from": event.usual_from,
        "usual_to": event.usual_to,
        "reached_sequence": event.sequence,
    }
    fresh = insert(TierProgress).values(
        submission_id=event.submission_id, round=event.round, tier=event.tier, reached_at=event.reached_at, **waits
    )
    is_newer_telling = col(TierProgress.reached_sequence) < event.sequence
    newest = {
        name: case((is_newer_telling, value), else_=col(getattr(TierProgress, name))) for name, value in waits.items()
    }
    earliest = func.least(col(TierProgress.reached_at), fresh.excluded.reached_at)
    await session.execute(
        fresh.on_conflict_do_update(
            index_elements=[col(TierProgress.submission_id), col(TierProgress.round), col(TierProgress.tier)],
            set_={"reached_at": earliest, **newest},
        )
    )
    await let_see(session, event)


async def note_decided(session: Session, event: TierDecided) -> None:
    """A tier that is not the last approved: the seal stands until the case is returned or ends."""
    await _note(session, event, "approve")
    await session.execute(
        update(Submission)
        .where(
            col(Submission.id) == event.submission_id,
            col(Submission.round) == event.round,
            col(Submission.version) == event.version,
            col(Submission.status) == "in_review",
        )
        .values(
            sealed_version=event.version,
            sealed_at=func.coalesce(col(Submission.sealed_at), clock.now_sql()),
            seal_settled=True,
        )
    )


async def note_returned(session: Session, event: Returned) -> None:
    """A tier returned the case: the draft is free again, with the remarks to correct."""
    told = [remark.model_dump(mode="json") for remark in event.remarks]
    await _note(session, event, "return", told)
    draft = await _moved_by(session, event, "returned")
    if draft is not None:
        await move(
            session,
            draft,
            "returned",
            decided_sequence=event.sequence,
            remarks=told,
            file_again_until=event.file_again_until,
        )
        if draft.programme.shares_with:
            await follow(session, draft.submission_id)


async def note_approved(session: Session, event: Approved) -> None:
    """The last tier approved: category, number and day stand from now on, and the draft is locked."""
    await _note(session, event, "approve")
    await note_approval(session, event.submission_id, event.version, event.decided_at)
    draft = await _moved_by(session, event, "approved")
    membership: dict[str, Any] = {
        "category": event.category,
        "membership_number": event.number,
        "approved_on": event.approved_on,
        "membership_sequence": event.sequence,
    }
    if draft is not None:
        await move(session, draft, "approved", decided_sequence=event.sequence, **membership)
        if draft.programme.shares_with:
            await follow(session, draft.submission_id)
        return
    older = col(Submission.membership_sequence) < event.sequence
    await session.execute(update(Submission).where(col(Submission.id) == event.submission_id, older).values(membership))


async def note_opened(session: Session, event: DossierOpened) -> None:
    """A reviewer opened the dossier: its owner can see who and when. A look at its scans was part of that."""
    glance = delete(Access).where(
        col(Access.submission_id) == event.submission_id,
        col(Access.reviewer_id) == event.reviewer_id,
        col(Access.kind) == "opened",
        col(Access.tier).is_(None),
        col(Access.opened_at) > event.opened_at - GLANCE,
    )
    await session.execute(glance)
    await session.execute(
        insert(Access)
        .values(
            id=event.access_id,
            submission_id=event.submission_id,
            organization_id=event.organization_id,
            organization_name=event.organization_name,
            tier=event.tier,
            version=event.version,
            reviewer_id=event.reviewer_id,
            opened_at=event.opened_at,
        )
        .on_conflict_do_nothing()
    )


async def _note(session: Session, event: Decision, decision: str, remarks: Sequence[Any] = ()) -> None:
    """Write what a tier decided in a round, unless a later decision of the same tier is there already."""
    columns = {
        "decision": decision,
        "decided_at": event.decided_at,
        "comment": event.comment,
        "remarks": list(remarks),
        "sequence": event.sequence,
    }
    fresh = insert(TierProgress).values(
        submission_id=event.submission_id, round=event.round, tier=event.tier, **columns
    )
    await session.execute(
        fresh.on_conflict_do_update(
            index_elements=[col(TierProgress.submission_id), col(TierProgress.round), col(TierProgress.tier)],
            set_=columns,
            where=col(TierProgress.sequence) < event.sequence,
        )
    )


async def _moved_by(session: Session, event: Decision, to: Status) -> Draft | None:
    """The draft, locked, where this decision moves its state; None where a later one did, or the round is over."""
    draft = await drafts.of_submission(session, event.submission_id, lock=True)
    if draft is None:
        raise Missing
    heard = await decided_sequence(session, event.submission_id)
    moves = is_newer(event.sequence, heard, event.round, draft.standing.round)
    return draft if moves and can_follow(draft.standing.status, to) else None
