"""The worklist of an organization: one walk along one index, however long it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, ColumnExpressionArgument, Select, or_, select, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.review.models import Case, Turn
from services.review.queries.access import not_own
from services.review.queries.items import items_of
from services.review.rules import tokens, wanted
from services.review.schemas import CaseItem, Sort, WorklistState
from shared.contracts.identity import Caller
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit.database import Session
from shared.kit.vault import vault
from shared.kit.web.paging import Listed, Page, moment

LAST_FOUR = "id_last4"
"""The purpose of the keyed index of an ID number's last four characters, the same in profile."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a worklist is wanted. `organization` is the employer, or the reader's own: then what waits there."""

    state: WorklistState = "waiting"
    programme: str | None = None
    query: str | None = None
    organization: UUID | None = None
    filed_after: datetime | None = None
    sort: Sort | None = None


class Order(NamedTuple):
    """A column to walk along, and which way."""

    column: str
    is_downward: bool


COLUMNS: Mapping[str, str] = {
    "waiting_since": "arrived_at",
    "filed_at": "filed_at",
    "applicant": "pinyin",
    "decided_at": "decided_at",
}
USUAL: Mapping[WorklistState, Sort] = {
    "waiting": "waiting_since", "decided": "-decided_at", "all": "-waiting_since"
}  # fmt: skip


async def worklist(session: Session, caller: Caller, filters: Filters, page: Page) -> Listed[CaseItem]:
    """One page of the cases of the caller's organization: waiting there, decided there, or all that came there."""
    order = order_of(filters)
    rows, more = page.cut([(row[0], row[1]) for row in await session.execute(page_of(caller, filters, page))])
    last = _keys(rows[-1][1], order) if more else None
    return page.of(await items_of(session, rows), last)


async def all_of(session: Session, caller: Caller, filters: Filters, most: int) -> list[CaseItem]:
    """The worklist from its beginning, up to so many cases: for a spreadsheet."""
    rows = await session.execute(page_of(caller, filters, Page(most - 1)))
    return await items_of(session, [(row[0], row[1]) for row in rows])


def page_of(caller: Caller, filters: Filters, page: Page) -> Select[Case, Turn]:
    """The statement of a page: the turns first, cut to one more than the page holds, then their cases."""
    order = order_of(filters)
    turns = select(Turn).where(*_conditions(caller, filters), *_beyond(order, page)).order_by(*_by(Turn, order))
    turn = aliased(Turn, turns.limit(page.limit + 1).subquery())
    return select(Case, turn).join(turn, col(turn.case_id) == col(Case.id)).order_by(*_by(turn, order))


def order_of(filters: Filters) -> Order:
    """The order that was asked for, or the usual one: what waits longest first, what was decided last first."""
    name = filters.sort or USUAL[filters.state]
    if name.endswith("decided_at") and filters.state != "decided":
        sentence = _("只有已审核列表可以按审核时间排序。")
        raise Invalid(faults=[Fault("sort_not_here", sentence, field="sort")])
    return Order(COLUMNS[name.removeprefix("-")], name.startswith("-"))


def _conditions(caller: Caller, filters: Filters) -> list[ColumnExpressionArgument[bool]]:
    """What a turn of the caller's organization must be for the filters to let it through."""
    found: list[ColumnExpressionArgument[bool]] = [
        col(Turn.organization_id) == caller.organization,
        not_own(Turn, caller.person),
    ]
    if filters.state == "waiting":
        found.append(col(Turn.waiting))
    elif filters.state == "decided":
        found += [~col(Turn.waiting), col(Turn.decided_at).is_not(None)]
    if filters.programme is not None:
        found.append(col(Turn.programme) == filters.programme)
    if filters.organization == caller.organization:
        found.append(or_(col(Turn.waiting), col(Turn.employer_id) == filters.organization))
    elif filters.organization is not None:
        found.append(col(Turn.employer_id) == filters.organization)
    if filters.filed_after is not None:
        found.append(col(Turn.filed_at) > filters.filed_after)
        if filters.state == "waiting":
            # What was filed after a moment also came after it, and that bound is one that the index knows.
            found.append(col(Turn.arrived_at) > filters.filed_after)
    if filters.query is not None:
        found += _matching(caller.organization, filters.query)
    return found


def _matching(organization_id: UUID, query: str) -> list[ColumnElement[bool]]:
    """That each word of the query means something of the applicant: name, pinyin, number, or an ID's last four."""
    words = wanted(query, lambda last_four: vault().index(last_four, LAST_FOUR))
    terms = col(Turn.terms)
    return [or_(*(terms.contains(tokens(organization_id, meaning)) for meaning in meanings)) for meanings in words]


def _by(turn: type[Turn], order: Order) -> tuple[Any, Any]:
    """The order of a list; the case's id decides between equals."""
    column, key = getattr(turn, order.column), col(turn.case_id)
    return (column.desc(), key.desc()) if order.is_downward else (column, key)


def _beyond(order: Order, page: Page) -> list[ColumnElement[bool]]:
    """That a turn stands after the cursor; one of another order is refused like one that was made up."""
    last = page.keys(str, UUID) if order.column == "pinyin" else page.keys(moment, UUID)
    if last is None:
        return []
    place = tuple_(getattr(Turn, order.column), col(Turn.case_id))
    return [place < last if order.is_downward else place > last]


def _keys(turn: Turn, order: Order) -> tuple[str, str]:
    """What the next page begins after."""
    value = getattr(turn, order.column)
    return (value.isoformat() if isinstance(value, datetime) else str(value), str(turn.case_id))
