"""What an organization has not decided yet, and how far a handover of it has come."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.review.models import Case, ChangeRequest, Handover, Organization, Turn
from services.review.queries.authority import demand_administrator
from services.review.queries.organizations import organizations
from services.review.schemas import HandoverShown, OpenWork
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit.database import Session

STATES = {"retry": "running", "cancelled": "failed"}


def has_still_to_decide(organization_id: UUID, *states: str) -> ColumnElement[bool]:
    """That a case is in review, and the organization holds it or will; in state `approved`: answers for it."""
    unfolded = func.jsonb_array_elements(col(Case.route))
    steps = unfolded.table_valued("value", with_ordinality="place", name="step").render_derived()
    is_ahead = steps.c.place.cast(Integer) > col(Case.position)  # places count from 1
    is_there = steps.c.value.op("->>")("organization_id") == str(organization_id)
    return (
        col(Case.state).in_(states or ("in_review",))
        & col(Case.route).contains([{"organization_id": str(organization_id)}])
        & exists(select(1).select_from(steps).where(is_ahead, is_there).correlate(Case))
    )


async def open_work(session: Session, caller: Caller, organization_id: UUID) -> OpenWork:
    """What a handover would move; for administrators. Refused: Missing (404)."""
    demand_administrator(caller)
    await organization_known(session, organization_id)
    waits = select(func.count()).where(col(Turn.organization_id) == organization_id, col(Turn.waiting))
    comes = select(func.count()).where(
        has_still_to_decide(organization_id), col(Case.organization_id) != organization_id
    )
    asked = select(func.count()).where(
        col(ChangeRequest.organization_id) == organization_id, col(ChangeRequest.status) == "waiting"
    )
    answers = select(func.count()).where(has_still_to_decide(organization_id, "approved"))
    counts = [one.scalar_subquery() for one in (waits, comes, asked, answers)]
    waiting, coming, changes, approved = (await session.execute(select(*counts))).one()
    return OpenWork(waiting=waiting, coming=coming, change_requests=changes, approved=approved)


async def open_programmes(session: Session, organization_id: UUID, *states: str) -> set[str]:
    """The programmes of what the organization has not decided yet; of cases in those states."""
    of_cases = select(col(Case.programme)).where(has_still_to_decide(organization_id, *states))
    of_changes = select(col(ChangeRequest.programme)).where(
        col(ChangeRequest.organization_id) == organization_id, col(ChangeRequest.status) == "waiting"
    )
    return set((await session.execute(of_cases.union(of_changes))).scalars())


async def organization_known(session: Session, organization_id: UUID) -> Organization:
    """An organization as auth last told it. Refused: Missing (404)."""
    found = await session.execute(select(Organization).where(col(Organization.id) == organization_id))
    row = found.scalar_one_or_none()
    if row is None:
        raise Missing
    return row


async def handover_of(session: Session, caller: Caller, handover_id: UUID) -> HandoverShown:
    """How far a handover has come; for administrators. Refused: Missing (404)."""
    demand_administrator(caller)
    row = (await session.execute(select(Handover).where(col(Handover.id) == handover_id))).scalar_one_or_none()
    if row is None:
        raise Missing
    known = await organizations(session, {row.from_id: "", row.to_id: ""})
    return HandoverShown.model_validate(
        {
            "handover_id": row.id,
            "from_organization": known[row.from_id],
            "to_organization": known[row.to_id],
            "state": STATES.get(row.status, row.status),
            "total": max(row.total, row.done),
            "done": row.done,
            "asked_at": row.created_at,
            "finished_at": row.finished_at,
        }
    )


async def heir_of(session: Session, organization_id: UUID) -> Organization | None:
    """Who took the place of an organization that is disabled; None where it is not, or handed nothing over."""
    return (await heirs_of(session, {organization_id})).get(organization_id)


async def heirs_of(session: Session, organization_ids: Collection[UUID]) -> dict[UUID, Organization]:
    """For each of these that is disabled and has an heir: the one it was merged into, or that took over last."""
    heir = aliased(Organization)
    taken = (
        select(col(Handover.to_id))
        .where(col(Handover.from_id) == col(Organization.id), col(Handover.status) != "failed")
        .order_by(col(Handover.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    wanted = (
        select(col(Organization.id), heir)
        .join(heir, col(heir.id) == func.coalesce(col(Organization.merged_into), taken))
        .where(col(Organization.id).in_(organization_ids), col(Organization.is_disabled))
    )
    return {row[0]: row[1] for row in await session.execute(wanted)}


async def taken_over(session: Session, organization_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """For each of these: to whom it ever handed its open work."""
    wanted = select(col(Handover.from_id), col(Handover.to_id)).where(
        col(Handover.from_id).in_(organization_ids), col(Handover.status) != "failed"
    )
    found: dict[UUID, set[UUID]] = {}
    for giver, taker in await session.execute(wanted):
        found.setdefault(giver, set()).add(taker)
    return found
