"""The worklist of an organization: one walk along one index, however long it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_
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
from shared.kit.web.paging import Listed, Page

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

    column: Any
    is_downward: bool


COLUMNS: Mapping[str, Any] = {
    "waiting_since": Turn.arrived_at,
    "filed_at": Turn.filed_at,
    "applicant": Turn.pinyin,
    "decided_at": Turn.decided_at,
}
USUAL: Mapping[WorklistState, Sort] = {
    "waiting": "waiting_since", "decided": "-decided_at", "all": "-waiting_since"
}  # fmt: skip


async def worklist(session: Session, caller: Caller, filters: Filters, page: Page) -> Listed[CaseItem]:
    """One page of the cases of the caller's organization: waiting there, decided there, or all that came there."""
    order = order_of(filters)
    statement = _page(_selected(caller, filters), order, page)
    rows, more = page.cut([(row[0], row[1]) for row in await session.execute(statement)])
    last = _keys(rows[-1][1], order) if more else None
    return page.of(await items_of(session, rows), last)


async def all_of(session: Session, caller: Caller, filters: Filters, limit: int) -> list[CaseItem]:
    """The worklist whole, up to so many cases: for a spreadsheet."""
    statement = _page(_selected(caller, filters), order_of(filters), Page(limit - 1))
    return await items_of(session, [(row[0], row[1]) for row in await session.execute(statement)])


def order_of(filters: Filters) -> Order:
    """The order that was asked for, or the usual one: what waits longest first, what was decided last first."""
    name = filters.sort or USUAL[filters.state]
    if name.endswith("decided_at") and filters.state != "decided":
        sentence = _("只有已审核列表可以按审核时间排序。")
        raise Invalid(faults=[Fault("sort_not_here", sentence, field="sort")])
    return Order(COLUMNS[name.removeprefix("-")], name.startswith("-"))


def _selected(caller: Caller, filters: Filters) -> Select[Case, Turn]:
    """The cases of the caller's organization that the filters let through."""
    conditions: list[ColumnElement[bool]] = [
        col(Turn.organization_id) == caller.organization,
        not_own(Case, caller.person),
    ]
    if filters.state == "waiting":
        conditions.append(col(Turn.waiting).is_(True))
    elif filters.state == "decided":
        conditions += [~col(Turn.waiting), col(Turn.decided_at).is_not(None)]
    if filters.programme is not None:
        conditions.append(col(Turn.programme) == filters.programme)
    if filters.organization == caller.organization:
        conditions.append(or_(col(Turn.waiting), col(Turn.employer_id) == filters.organization))
    elif filters.organization is not None:
        conditions.append(col(Turn.employer_id) == filters.organization)
    if filters.filed_after is not None:
        conditions.append(col(Turn.filed_at) > filters.filed_after)
        if filters.state == "waiting":
            # What was filed after a moment also came after it, and that bound is one that the index knows.
            conditions.append(col(Turn.arrived_at) > filters.filed_after)
    if filters.query is not None:
        conditions.append(_matching(caller.organization, filters.query))
    return select(Case, Turn).join(Case, col(Case.id) == col(Turn.case_id)).where(*conditions)


def _matching(organization_id: UUID, query: str) -> ColumnElement[bool]:
    """That each word of the query means something of the applicant: name, pinyin, number, or an ID's last four."""
    words = wanted(query, lambda last_four: vault().index(last_four, LAST_FOUR))
    terms = col(Turn.terms)
    return and_(
        *(or_(*(terms.contains(tokens(organization_id, meaning)) for meaning in meanings)) for meanings in words)
    )


def _page(statement: Select[Case, Turn], order: Order, page: Page) -> Select[Case, Turn]:
    """The rows after the cursor, one more than the page holds."""
    column, key = col(order.column), col(Turn.case_id)
    if page.after is not None:
        at, case_id = _read(order, page.after)
        beyond = tuple_(column, key)
        statement = statement.where(beyond < (at, case_id) if order.is_downward else beyond > (at, case_id))
    by = (column.desc(), key.desc()) if order.is_downward else (column, key)
    return statement.order_by(*by).limit(page.limit + 1)


def _keys(turn: Turn, order: Order) -> tuple[str, str]:
    """What the next page begins after."""
    value = getattr(turn, order.column.key)
    return (value.isoformat() if isinstance(value, datetime) else str(value), str(turn.case_id))


def _read(order: Order, after: tuple[object, ...]) -> tuple[datetime | str, UUID]:
    """A cursor's keys; one of another order is refused like one that was made up."""
    try:
        value, case_id = after
        is_text = order.column.key == "pinyin"
        return str(value) if is_text else datetime.fromisoformat(str(value)), UUID(str(case_id))
    except ValueError as error:
        fault = Fault("cursor_unknown", _("翻页标记无效，请从第一页开始。"), field="cursor")
        raise Invalid(faults=[fault]) from error
