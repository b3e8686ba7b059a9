"""Cases as the items of a worklist."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from services.review.models import Case, Turn
from services.review.queries.calendar import Calendar, calendar_of
from services.review.queries.desk import claims_on
from services.review.queries.organizations import organizations
from services.review.schemas import CaseItem, OrganizationShown, Person
from shared.kit.database import Session

Claimed: TypeAlias = tuple[Person, datetime]


async def items_of(session: Session, rows: Sequence[tuple[Case, Turn]]) -> list[CaseItem]:
    """The cases, each as the organization of its turn sees it, in their order."""
    names: dict[UUID, str] = {}
    for case, turn in rows:
        names[case.employer_id] = case.employer_name
        holder = case.route[case.position]
        names[case.organization_id or turn.organization_id] = str(holder["organization_name"])
    known = await organizations(session, names)
    calendar = await calendar_of(session)
    claims = await _claims(session, rows)
    return [_item(case, turn, known, calendar, claims.get(case.id)) for case, turn in rows]


async def item_of(session: Session, case: Case, turn: Turn) -> CaseItem:
    """One case as the organization of the turn sees it."""
    return (await items_of(session, [(case, turn)]))[0]


async def _claims(session: Session, rows: Sequence[tuple[Case, Turn]]) -> dict[UUID, Claimed]:
    """Who has which of the cases open, of the organization whose turns these are."""
    waiting = [turn for _case, turn in rows if turn.waiting]
    if not waiting:
        return {}
    return await claims_on(session, waiting[0].organization_id, [turn.case_id for turn in waiting])


def _item(
    case: Case,
    turn: Turn,
    known: dict[UUID, OrganizationShown],
    calendar: Calendar,
    claim: Claimed | None,
) -> CaseItem:
    return CaseItem(
        case_id=case.id,
        submission_id=case.submission_id,
        programme=case.programme,
        number=case.number,
        applicant=Person(account_id=case.account_id, name=case.applicant_name),
        employer=known[case.employer_id],
        organization=known[case.organization_id or turn.organization_id],
        tier=case.tier,
        state=case.state,
        version=case.version,
        filed_at=case.filed_at or turn.filed_at,
        waiting_since=case.waiting_since,
        attention=case.attention,
        mine=turn.waiting,
        overdue=turn.waiting and turn.due_on <= calendar.latest_due(),
        waiting_days=calendar.days_since(turn.arrived_at) if turn.waiting else None,
        due_on=turn.due_on if turn.waiting else None,
        refiled=case.version > 1,
        foreign=case.is_foreign,
        all_passed=case.attention == 0,
        claimed_by=claim[0] if claim else None,
        claimed_until=claim[1] if claim else None,
    )
