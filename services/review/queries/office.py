"""What every page of a reviewer begins with: who decides, for whom, how much waits, and the office's phrases."""

from sqlalchemy import Select, func, literal, select
from sqlmodel import col

from services.review.models import ChangeRequest, OwnDesk, Reviewer, Turn
from services.review.queries.access import not_own
from services.review.queries.around import MOST
from services.review.queries.desk import phrases_of
from services.review.queries.organizations import organizations
from services.review.schemas import Choices, Desk, Person
from shared.contracts.identity import Caller
from shared.kit.database import Session
from shared.kit.vault import vault

OWN_DESK = "own_desk"
"""The purpose under which choices are wrapped."""


async def desk_of(session: Session, caller: Caller) -> Desk:
    """The caller's desk; each count is a walk along one index, a thousand and one at most."""
    named = select(col(Reviewer.name)).where(col(Reviewer.account_id) == caller.person)
    here = col(Turn.organization_id) == caller.organization, col(Turn.waiting), not_own(Turn, caller.person)
    asked = (
        col(ChangeRequest.organization_id) == caller.organization,
        col(ChangeRequest.status) == "waiting",
        not_own(ChangeRequest, caller.person),
    )
    waiting = await _counted(session, select(literal(1)).select_from(Turn).where(*here))
    changes = await _counted(session, select(literal(1)).select_from(ChangeRequest).where(*asked))
    known = await organizations(session, {caller.organization: ""})
    return Desk(
        reviewer=Person(account_id=caller.person, name=(await session.execute(named)).scalar_one_or_none()),
        organization=known[caller.organization],
        waiting=min(waiting, MOST),
        waiting_is_more=waiting > MOST,
        change_requests=min(changes, MOST),
        phrases=await phrases_of(session, caller),
        choices=await choices_of(session, caller),
    )


async def choices_of(session: Session, caller: Caller) -> Choices:
    """What the caller has chosen for the own desk; nothing where nothing was chosen yet."""
    own = select(col(OwnDesk.choices)).where(
        col(OwnDesk.account_id) == caller.person, col(OwnDesk.organization_id) == caller.organization
    )
    kept = (await session.execute(own)).scalar_one_or_none()
    return Choices.model_validate_json(vault().unwrap(kept, OWN_DESK)) if kept else Choices()


async def _counted(session: Session, found: Select[int]) -> int:
    """How many rows there are, a thousand and one at most."""
    some = found.limit(MOST + 1).subquery()
    return int((await session.execute(select(func.count()).select_from(some))).scalar_one())
