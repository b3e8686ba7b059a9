"""The worklist of an organization: one walk along one index, however long it is."""

from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.review.models import Case, Turn
from services.review.queries.filters import Filters, conditions, order_of, prepared
from services.review.queries.items import items_of
from services.review.schemas import CaseItem
from shared.contracts.identity import Caller
from shared.kit.database import Session
from shared.kit.web.paging import Key, Listed, Page


async def worklist(session: Session, caller: Caller, filters: Filters, page: Page) -> Listed[CaseItem]:
    """One page of the cases of the caller's organization: waiting there, decided there, or all that came there."""
    items, last = await some_of(session, caller, await prepared(session, filters), page)
    return page.of(items, last)


async def all_of(session: Session, caller: Caller, filters: Filters, most: int) -> list[CaseItem]:
    """The worklist from its beginning, up to so many cases: for a spreadsheet."""
    items, _last = await some_of(session, caller, await prepared(session, filters), Page(most))
    return items


async def some_of(
    session: Session, caller: Caller, filters: Filters, page: Page
) -> tuple[list[CaseItem], tuple[Key, ...] | None]:
    """The cases of a page, and the keys that the next one begins after; None at the end of the list."""
    found, more = page.cut(list(await session.execute(page_of(caller, filters, page))))
    last = (_key(found[-1][2]), str(found[-1][1].case_id)) if more else None
    return await items_of(session, [(row[0], row[1]) for row in found]), last


def page_of(caller: Caller, filters: Filters, page: Page) -> Select[Case, Turn, Any]:
    """The statement of a page: the turns first, cut to one more than the page holds, then their cases.

    The third column is the value that the list is ordered by.
    """
    order = order_of(filters)
    turns = select(Turn).where(*conditions(caller, filters), *order.after(page)).order_by(*order.by(Turn))
    turn = aliased(Turn, turns.limit(page.limit + 1).subquery())
    return (
        select(Case, turn, order.value(turn).label("place"))
        .join(turn, col(turn.case_id) == col(Case.id))
        .order_by(*order.by(turn))
    )


def _key(value: object) -> Key:
    """A value of the order as a cursor keeps it."""
    return value.isoformat() if isinstance(value, date | datetime) else cast("Key", value)
