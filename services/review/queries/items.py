"""Cases as the items of a worklist."""

from collections.abc import Sequence
from uuid import UUID

from services.review.models import Case, Turn
from services.review.queries.organizations import organizations
from services.review.schemas import CaseItem, OrganizationShown, Person
from shared.kit.database import Session


async def items_of(session: Session, rows: Sequence[tuple[Case, Turn]]) -> list[CaseItem]:
    """The cases, each as the organization of its turn sees it, in their order."""
    names: dict[UUID, str] = {}
    for case, turn in rows:
        names[case.employer_id] = case.employer_name
        holder = case.route[case.position]
        names[case.organization_id or turn.organization_id] = str(holder["organization_name"])
    known = await organizations(session, names)
    return [_item(case, turn, known) for case, turn in rows]


async def item_of(session: Session, case: Case, turn: Turn) -> CaseItem:
    """One case as the organization of the turn sees it."""
    return (await items_of(session, [(case, turn)]))[0]


def _item(case: Case, turn: Turn, known: dict[UUID, OrganizationShown]) -> CaseItem:
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
    )
