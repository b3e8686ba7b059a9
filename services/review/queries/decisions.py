"""What was decided of a case already, and by whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import false, func, or_, select
from sqlmodel import col

from services.review.models import Case, Entry, Organization, Reviewer, Sight
from services.review.queries.organizations import organizations
from shared.contracts.identity import Caller
from shared.kit.database import Session

NOBODY = UUID(int=0)


class DecisionFound(NamedTuple):
    """An organization's latest decision in a round: as it is shown to whoever comes second, and whose it was."""

    shown: Mapping[str, object]
    reviewer_id: UUID
    at: datetime


async def decision_of_round(session: Session, case: Case, organization_id: UUID) -> DecisionFound | None:
    """What the organization, or one whose place it took, decided in the case's present round; None: nothing.

    Whose place it took: one that was merged into it, or that handed the approved case over.
    """
    answers = case.state == "approved" and case.organization_id == organization_id
    merged = select(col(Organization.id)).where(col(Organization.merged_into) == organization_id)
    latest = (
        select(Entry, col(Reviewer.name))
        .outerjoin(Reviewer, col(Reviewer.account_id) == col(Entry.reviewer_id))
        .where(
            col(Entry.case_id) == case.id,
            col(Entry.kind) == "decided",
            col(Entry.round) == case.round,
            or_(
                col(Entry.organization_id) == organization_id,
                col(Entry.organization_id).in_(merged),
                (col(Entry.tier) == case.tier) if answers else false(),
            ),
        )
        .order_by(col(Entry.seq).desc())
        .limit(1)
    )
    row = (await session.execute(latest)).first()
    if row is None:
        return None
    entry, name = row[0], row[1]
    known = await organizations(session, {entry.organization_id: entry.organization_name})
    shown = {
        "decided_by": {"name": name, "organization": known[entry.organization_id].model_dump(mode="json")},
        "decision": entry.decision,
        "decided_at": entry.at.isoformat(),
    }
    return DecisionFound(shown, entry.reviewer_id or NOBODY, entry.at)


async def has_seen_since(session: Session, case: Case, caller: Caller, decided: DecisionFound | None) -> bool:
    """Whether the reviewer knows of that decision: made it, or opened the case after it.

    A return sent at the same moment as a colleague's approval is no return of an approved case (domain rule 5).
    """
    if decided is None:
        return False
    if decided.reviewer_id == caller.person:
        return True
    last = select(func.max(Sight.last_at)).where(
        col(Sight.case_id) == case.id,
        col(Sight.organization_id) == caller.organization,
        col(Sight.reviewer_id) == caller.person,
    )
    seen_at = (await session.execute(last)).scalar_one_or_none()
    return seen_at is not None and seen_at > decided.at
