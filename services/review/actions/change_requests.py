"""Change requests: heard from profile, and withdrawn by their applicants, in whatever order that is told."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.review.models import ChangeRequest
from shared.contracts.events import ChangeRequested, ChangeWithdrawn
from shared.kit.database import Session


async def know_change(session: Session, told: ChangeRequested) -> None:
    """Let a change request wait for the organization that decides it; one that was withdrawn already stays so."""
    new = insert(ChangeRequest).values(
        **_described(told), status="waiting", filed_at=told.filed_at, id_index=told.id_index
    )
    await session.execute(
        new.on_conflict_do_update(index_elements=["id"], set_={"filed_at": told.filed_at, "id_index": told.id_index})
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
