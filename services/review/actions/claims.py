"""Claims: who has a case open. They tell colleagues, and never block a decision."""

from uuid import UUID

from sqlalchemy import delete, or_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.review.models import Claim
from services.review.queries import claims_on, find
from services.review.rules import CLAIMED_FOR
from services.review.schemas import ClaimShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict
from shared.contracts.texts import _
from shared.kit import clock
from shared.kit.database import Session


async def claim(session: Session, caller: Caller, case_id: UUID, *, take: bool) -> ClaimShown:
    """Claim a case for a quarter of an hour, or go on claiming it; gives whose claim stands.

    A colleague's claim stands until it runs out, unless the caller means to `take` it. Refused: 404 not the caller's
    to see; 409 `not_your_turn` where it does not wait for the caller's organization.
    """
    _case, turn = await find(session, caller, case_id)
    if not turn.waiting:
        raise Conflict("not_your_turn", _("该申报目前不在本单位审核环节。"))
    now = clock.now_sql()
    row = {"account_id": caller.person, "claimed_until": now + CLAIMED_FOR}
    new = insert(Claim).values(case_id=case_id, organization_id=caller.organization, **row)
    is_free = or_(col(Claim.account_id) == caller.person, col(Claim.claimed_until) <= now)
    await session.execute(
        new.on_conflict_do_update(
            index_elements=["case_id", "organization_id"], set_=row, where=None if take else is_free
        )
    )
    by, until = (await claims_on(session, caller.organization, [case_id]))[case_id]
    return ClaimShown(claimed_by=by, claimed_until=until, mine=by.account_id == caller.person)


async def release(session: Session, caller: Caller, case_id: UUID) -> None:
    """End the caller's own claim; a colleague's is left alone. Refused: 404 not the caller's to see."""
    await find(session, caller, case_id)
    own = delete(Claim).where(
        col(Claim.case_id) == case_id,
        col(Claim.organization_id) == caller.organization,
        col(Claim.account_id) == caller.person,
    )
    await session.execute(own)
