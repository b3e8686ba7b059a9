"""The clock of the tiers: a turn that lasts too long is told to its reviewers once, later to the administrators."""

from typing import Literal

from sqlalchemy import select, update
from sqlmodel import col

from services.review.actions.cases import FRESH, write
from services.review.actions.telling import of_case
from services.review.models import Case, Turn
from services.review.queries import calendar_of, route_of
from services.review.settings import settings
from shared.contracts.events import Overdue
from shared.kit import clock
from shared.kit.database import Database, Session
from shared.kit.outbox import tell

CHUNK = 100
Mark = Literal["reminded_at", "escalated_at"]


async def tell_overdue(database: Database) -> None:
    """Tell `Overdue` of every turn whose working days have passed: to reviewers, then escalated.

    While a case is returned no turn waits, so its clock stands still; a new turn has a clock of its own.
    """
    while await database.act(_tell_some, "reminded_at", 0) == CHUNK:
        pass
    while await database.act(_tell_some, "escalated_at", settings().escalate_after) == CHUNK:
        pass


async def _tell_some(session: Session, mark: Mark, grace: int) -> int:
    """Tell of some turns that are late and not marked yet; gives how many. What others hold is left for later."""
    last = (await calendar_of(session)).latest_due(grace)
    late = (
        select(Case, Turn)
        .join(Turn, col(Turn.case_id) == col(Case.id))
        .where(col(Turn.waiting), col(Turn.due_on) <= last, col(getattr(Turn, mark)).is_(None))
        .limit(CHUNK)
        .with_for_update(skip_locked=True)
    )
    if mark == "escalated_at":
        late = late.where(col(Turn.reminded_at).is_not(None))
    rows = (await session.execute(late, execution_options=FRESH)).all()
    for case, turn in rows:
        session.expunge(case)
        await _tell(session, case, turn, mark)
    return len(rows)


async def _tell(session: Session, case: Case, turn: Turn, mark: Mark) -> None:
    """Tell of one turn, and mark it."""
    now = await clock.now(session)
    step = route_of(case)[case.position]
    tell(
        session,
        Overdue(
            **of_case(case, step),
            escalated=mark == "escalated_at",
            waiting_since=turn.arrived_at,
            due_on=turn.due_on,
            told_at=now,
        ),
    )
    await session.execute(
        update(Turn)
        .where(col(Turn.case_id) == case.id, col(Turn.organization_id) == turn.organization_id)
        .values({mark: now})
    )
    await write(session, case)
