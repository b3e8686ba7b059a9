"""Where a case stands in a list: its position, and which cases stand before and after it."""

from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, func, literal, select
from sqlmodel import col

from services.review.models import Turn
from services.review.queries.access import find
from services.review.queries.around import MOST, NOTHING, Place, around
from services.review.queries.filters import Condition, Filters, Order, conditions, order_of, prepared
from services.review.schemas import Neighbours
from shared.contracts.identity import Caller
from shared.kit.database import Session


async def neighbours(session: Session, caller: Caller, case_id: UUID, filters: Filters, lines: int = 0) -> Neighbours:
    """The case's place in the list that the filters give, in their order, and `lines` of the list around it.

    A case that the list holds no more (decided just now) still has neighbours: those of the place that it had.
    Refused: 404 where the case is not the caller's to see.
    """
    await find(session, caller, case_id)
    order, among = order_of(filters), conditions(caller, await prepared(session, filters))
    mine = col(Turn.case_id) == case_id, col(Turn.organization_id) == caller.organization
    value = (await session.execute(select(order.value(Turn)).where(*mine))).scalar_one()
    place = (value, case_id)
    row = (
        await session.execute(
            select(
                select(literal(value=True)).where(*mine, *among).scalar_subquery(),
                _counted(among, order.backward().beyond(place)),
                _counted(among),
                _nearest(among, order.backward(), place),
                _nearest(among, order, place),
            )
        )
    ).one()
    is_there, before, total, previous, following = row
    there = Place(place, before, lines)
    stretch = await around(session, order, among, there) if lines else NOTHING
    return Neighbours(
        position=before + 1 if is_there and before < MOST else None,
        total=min(total, MOST),
        total_is_more=total > MOST,
        previous=previous,
        next=following,
        **stretch,
    )


def _counted(among: list[Condition], *more: Condition) -> ScalarSelect[Any]:
    """How many turns the list holds there, a thousand and one at most."""
    some = select(literal(1)).select_from(Turn).where(*among, *more).limit(MOST + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _nearest(among: list[Condition], order: Order, place: tuple[Any, UUID]) -> ScalarSelect[Any]:
    """The first case after that place, walking in that order."""
    beyond = select(col(Turn.case_id)).where(*among, order.beyond(place)).order_by(*order.by(Turn))
    return beyond.limit(1).scalar_subquery()
