"""Change requests: heard from profile, and withdrawn by their applicants, in whatever order that is told."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.review.models import Case, ChangeRequest, Organization
from services.review.queries import heir_of
from shared.contracts.events import ChangeHandedOver, ChangeRequested, ChangeWithdrawn
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.outbox import tell


def of_change(request: ChangeRequest) -> dict[str, Any]:
    """What every event of a change request says of it, but for the organization that holds it."""
    return {
        "change_request_id": request.id,
        "submission_id": request.submission_id,
        "programme": request.programme,
        "account_id": request.account_id,
        "applicant_name": request.applicant_name,
        "employer_name": request.employer_name,
        "section": request.section,
        "kind": request.kind,
        "fields": tuple(request.fields),
        "tier": request.tier,
    }


async def know_change(session: Session, told: ChangeRequested) -> None:
    """Let a change request wait for the organization that decides it; one that was withdrawn already stays so.

    Who answers for the approved case by now decides it, whatever the frozen route says: where the case was handed
    over, the one that took it; where that one is disabled, the one that took its work.
    """
    new = insert(ChangeRequest).values(
        **_described(told), status="waiting", filed_at=told.filed_at, id_index=told.id_index
    )
    known = {"filed_at": told.filed_at, "id_index": told.id_index}
    kept = new.on_conflict_do_update(index_elements=["id"], set_=known).returning(ChangeRequest)
    request = (await session.execute(kept)).scalar_one()
    decider = await _decider(session, request) if request.status == "waiting" else None
    if decider is not None:
        await hand_change(session, request, decider)


async def _decider(session: Session, request: ChangeRequest) -> Organization | None:
    """Who decides a request in the place of the organization that was told; None where nobody does."""
    told = select(col(Case.organization_id)).where(
        col(Case.submission_id) == request.submission_id, col(Case.tier) == request.tier
    )
    holder_id = (await session.execute(told)).scalar_one_or_none() or request.organization_id
    heir = await heir_of(session, holder_id)
    if heir is not None or holder_id == request.organization_id:
        return heir
    return (await session.execute(select(Organization).where(col(Organization.id) == holder_id))).scalar_one_or_none()


async def hand_change(session: Session, request: ChangeRequest, taker: Organization) -> None:
    """Let a change request wait for another organization, and tell it."""
    values = {"organization_id": taker.id, "organization_name": taker.name}
    await session.execute(update(ChangeRequest).where(col(ChangeRequest.id) == request.id).values(**values))
    tell(
        session,
        ChangeHandedOver(
            **of_change(request),
            organization_id=taker.id,
            organization_name=taker.name,
            handed_at=await clock.now(session),
        ),
    )


async def withdraw_change(session: Session, told: ChangeWithdrawn) -> None:
    """Close a change request that its applicant took back; what was decided stays decided."""
    new = insert(ChangeRequest).values(**_described(told), status="withdrawn", filed_at=told.withdrawn_at)
    await session.execute(
        new.on_conflict_do_update(
            index_elements=["id"], set_={"status": "withdrawn"}, where=col(ChangeRequest.status) == "waiting"
        )
    )


def _described(told: ChangeRequested | ChangeWithdrawn) -> dict[str, object]:
    """What both events say of the request."""
    return {
        "id": told.change_request_id,
        "submission_id": told.submission_id,
        "programme": told.programme,
        "account_id": told.account_id,
        "applicant_name": told.applicant_name,
        "employer_id": told.employer_id,
        "employer_name": told.employer_name,
        "section": told.section,
        "entry_id": told.entry_id,
        "kind": told.kind,
        "fields": list(told.fields),
        "organization_id": told.organization_id,
        "organization_name": told.organization_name,
        "tier": told.tier,
    }
