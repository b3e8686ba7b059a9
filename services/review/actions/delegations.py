"""Delegations: a reviewer names a colleague who stands in, and takes it back."""

from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlmodel import col

from services.review.models import Delegation, Reviewer
from services.review.queries import delegation_of
from services.review.rules import check_span
from services.review.schemas import Delegate, DelegationShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Fault, Invalid, Missing
from shared.contracts.texts import _
from shared.kit import audit, clock
from shared.kit.database import Session
from shared.kit.ids import new_id


async def delegate(session: Session, caller: Caller, body: Delegate) -> DelegationShown:
    """Let a colleague of the same organization stand in for the caller.

    Letters go to every reviewer of an organization, so the deputy gets them without more; the delegation tells
    colleagues whom to turn to. Refused: 422 of `rules.check_span`, `deputy_unknown`; 409 `delegation_overlaps`.
    """
    check_span(caller.person, body.to, body.from_on, body.to_on, await clock.today(session))
    await _check_deputy(session, caller, body.to)
    await _check_free(session, caller, body)
    delegation_id = new_id()
    row = {
        "id": delegation_id,
        "organization_id": caller.organization,
        "delegator_id": caller.person,
        "deputy_id": body.to,
        "from_on": body.from_on,
        "to_on": body.to_on,
    }
    await session.execute(insert(Delegation).values(**row))
    await audit.note(session, caller, "delegation_made", "delegation", delegation_id, deputy=body.to)
    return await delegation_of(session, caller, delegation_id)


async def end_delegation(session: Session, caller: Caller, delegation_id: UUID) -> None:
    """Take a delegation of the caller's own back. Refused: Missing (404) where it is not theirs."""
    own = delete(Delegation).where(
        col(Delegation.id) == delegation_id,
        col(Delegation.organization_id) == caller.organization,
        col(Delegation.delegator_id) == caller.person,
    )
    if (await session.execute(own.returning(col(Delegation.id)))).first() is None:
        raise Missing
    await audit.note(session, caller, "delegation_ended", "delegation", delegation_id)


async def _check_deputy(session: Session, caller: Caller, deputy: UUID) -> None:
    """Refuse whoever is no enabled reviewer of the same organization."""
    known = select(col(Reviewer.account_id)).where(
        col(Reviewer.account_id) == deputy, col(Reviewer.organization_id) == caller.organization
    )
    if (await session.execute(known)).first() is None:
        fault = Fault("deputy_unknown", _("只能委托给本单位的其他审核人员。"), field="to")
        raise Invalid("deputy_unknown", faults=[fault])


async def _check_free(session: Session, caller: Caller, body: Delegate) -> None:
    """Refuse a second deputy for the same day; the caller's delegations are made one at a time."""
    await session.execute(
        select(col(Reviewer.account_id)).where(col(Reviewer.account_id) == caller.person).with_for_update()
    )
    same_days = select(col(Delegation.id)).where(
        col(Delegation.delegator_id) == caller.person,
        col(Delegation.organization_id) == caller.organization,
        col(Delegation.from_on) <= body.to_on,
        col(Delegation.to_on) >= body.from_on,
    )
    if (await session.execute(same_days)).first() is not None:
        raise Conflict("delegation_overlaps", _("这些日子里已经有委托，请先取消原委托。"))
