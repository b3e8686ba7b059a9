"""The stretch of a list that a case stands in: the lines beside it on a desk, cut where a page of them would be cut."""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypedDict
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.review.models import Case, Turn
from services.review.queries.filters import Condition, Order
from services.review.queries.items import items_of
from services.review.schemas import CaseItem
from shared.kit.database import Session

MOST = 1000
"""So far is counted: a list may hold a million."""


class Place(NamedTuple):
    """Where a case stands: its keys in the order, how many stand before it (so far as is counted), lines wanted."""

    keys: tuple[Any, UUID]
    before: int
    lines: int

    @property
    def lead(self) -> int:
        """How many lines stand before the case: those of its page, so that the lines stay as one goes through it."""
        return self.before % self.lines if self.before <= MOST else self.lines // 2


class Stretch(TypedDict):
    """Lines of a list; `before` and `after` are the cases on either side of them, where the list goes on."""

    items: list[CaseItem]
    before: UUID | None
    after: UUID | None


NOTHING: Stretch = {"items": [], "before": None, "after": None}


async def around(session: Session, order: Order, among: Sequence[Condition], there: Place) -> Stretch:
    """The lines around a place, the case's own among them where the list holds it: two walks from there."""
    back = order.backward()
    rest = there.lines - there.lead
    earlier = await _walk(session, back, [*among, back.beyond(there.keys)], there.lead)
    later = await _walk(session, order, [*among, order.onward(there.keys)], rest)
    turns = [*reversed(earlier[: there.lead]), *later[:rest]]
    return Stretch(
        items=await _lines(session, turns),
        before=earlier[-1].case_id if len(earlier) > there.lead else None,
        after=later[-1].case_id if len(later) > rest else None,
    )


async def _walk(session: Session, order: Order, where: Sequence[Condition], limit: int) -> Sequence[Turn]:
    """So many turns in that order, and one more where there is one."""
    found = select(Turn).where(*where).order_by(*order.by(Turn)).limit(limit + 1)
    return (await session.execute(found)).scalars().all()


async def _lines(session: Session, turns: Sequence[Turn]) -> list[CaseItem]:
    """Turns as the lines of a list."""
    wanted = select(Case).where(col(Case.id).in_([turn.case_id for turn in turns]))
    cases = {case.id: case for case in (await session.execute(wanted)).scalars()}
    return await items_of(session, [(cases[turn.case_id], turn) for turn in turns])
