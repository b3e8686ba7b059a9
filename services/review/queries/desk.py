"""What an office finds at its desk: phrases, colleagues, delegations, and which cases somebody has open."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.review.models import Claim, Delegation, PhraseBook, Reviewer
from services.review.schemas import Colleagues, Delegations, DelegationShown, Person, Phrases
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session


async def phrases_of(session: Session, caller: Caller) -> Phrases:
    """The phrases of the caller's organization; none where none were kept."""
    kept = (
        select(PhraseBook, col(Reviewer.name))
        .outerjoin(Reviewer, col(Reviewer.account_id) == col(PhraseBook.changed_by))
        .where(col(PhraseBook.organization_id) == caller.organization)
        .execution_options(populate_existing=True)
    )
    row = (await session.execute(kept)).first()
    if row is None:
        return Phrases(phrases=[], changed_at=None, changed_by=None)
    book, name = row
    by = Person(account_id=book.changed_by, name=name)
    return Phrases(phrases=book.phrases, changed_at=book.changed_at, changed_by=by)


async def colleagues(session: Session, caller: Caller) -> Colleagues:
    """The enabled reviewers of the caller's organization, without the caller, by name."""
    others = (
        select(col(Reviewer.account_id), col(Reviewer.name))
        .where(col(Reviewer.organization_id) == caller.organization, col(Reviewer.account_id) != caller.person)
        .order_by(col(Reviewer.name), col(Reviewer.account_id))
    )
    return Colleagues(items=[Person(account_id=row[0], name=row[1]) for row in await session.execute(others)])


async def delegations(session: Session, caller: Caller) -> Delegations:
    """The delegations of the caller's organization that are not over, in the order of their first days."""
    today = await clock.today(session)
    present = _delegations(caller).where(col(Delegation.to_on) >= today)
    rows = await session.execute(present.order_by(col(Delegation.from_on), col(Delegation.id)))
    return Delegations(items=[_shown(row[0], (row[1], row[2]), caller.person, today) for row in rows])


async def delegation_of(session: Session, caller: Caller, delegation_id: UUID) -> DelegationShown:
    """One delegation of the caller's organization. Refused: Missing (404)."""
    row = (await session.execute(_delegations(caller).where(col(Delegation.id) == delegation_id))).first()
    if row is None:
        raise Missing
    return _shown(row[0], (row[1], row[2]), caller.person, await clock.today(session))


async def claims_on(
    session: Session, organization_id: UUID, case_ids: Collection[UUID]
) -> dict[UUID, tuple[Person, datetime]]:
    """Which of these cases somebody of the organization has open now: who, and until when that is believed."""
    held = (
        select(col(Claim.case_id), col(Claim.account_id), col(Claim.claimed_until), col(Reviewer.name))
        .outerjoin(Reviewer, col(Reviewer.account_id) == col(Claim.account_id))
        .where(
            col(Claim.case_id).in_(case_ids),
            col(Claim.organization_id) == organization_id,
            col(Claim.claimed_until) > clock.now_sql(),
        )
    )
    rows = await session.execute(held)
    return {row[0]: (Person(account_id=row[1], name=row[3]), row[2]) for row in rows}


def _delegations(caller: Caller) -> Select[Delegation, str, str]:
    """Delegations with the names of both sides."""
    giver, taker = aliased(Reviewer), aliased(Reviewer)
    return (
        select(Delegation, col(giver.name), col(taker.name))
        .outerjoin(giver, col(giver.account_id) == col(Delegation.delegator_id))
        .outerjoin(taker, col(taker.account_id) == col(Delegation.deputy_id))
        .where(col(Delegation.organization_id) == caller.organization)
    )


def _shown(row: Delegation, names: tuple[str | None, str | None], reader: UUID, today: date) -> DelegationShown:
    return DelegationShown(
        delegation_id=row.id,
        delegator=Person(account_id=row.delegator_id, name=names[0]),
        deputy=Person(account_id=row.deputy_id, name=names[1]),
        from_on=row.from_on,
        to_on=row.to_on,
        active=row.from_on <= today <= row.to_on,
        mine=row.delegator_id == reader,
    )
