"""What of a worklist is wanted, and in which order: each combination is one walk along one index."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, ColumnExpressionArgument, SQLColumnExpression, or_, select, tuple_
from sqlmodel import col

from services.review.models import Organization, Turn
from services.review.queries.access import not_own
from services.review.queries.calendar import calendar_of
from services.review.rules import tokens, wanted, wanted_employers
from services.review.schemas import Sort, WorklistState
from shared.contracts.identity import Caller
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit.database import Session
from shared.kit.vault import vault
from shared.kit.web.paging import Page, moment

LAST_FOUR = "id_last4"
"""The purpose of the keyed index of an ID number's last four characters, the same in profile."""
MOST_EMPLOYERS = 200
"""A word that so many employers' names hold narrows nothing down, and means no employer."""
Condition: TypeAlias = ColumnExpressionArgument[bool]
Value: TypeAlias = Callable[[type[Turn]], SQLColumnExpression[Any]]


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a worklist is wanted. `organization` is the employer, or the reader's own: then what waits there.

    `late_until` and `employers` are looked up by `prepared`: the latest last day that is late, and for each word of
    the query the employers whose name it means.
    """

    state: WorklistState = "waiting"
    programme: str | None = None
    query: str | None = None
    organization: UUID | None = None
    filed_after: datetime | None = None
    sort: Sort | None = None
    overdue: bool | None = None
    refiled: bool | None = None
    foreign: bool | None = None
    all_passed: bool | None = None
    late_until: date | None = None
    employers: tuple[tuple[UUID, ...], ...] = ()


class Order(NamedTuple):
    """A value of turns to walk along, which way, and how a cursor's text is read as one."""

    value: Value
    kind: Callable[[Any], Any]
    is_downward: bool

    def by(self, turn: type[Turn]) -> tuple[Any, Any]:
        """The order itself; the case's id decides between equals."""
        value, key = self.value(turn), col(turn.case_id)
        return (value.desc(), key.desc()) if self.is_downward else (value, key)

    def backward(self) -> "Order":
        """The same walk from its end."""
        return self._replace(is_downward=not self.is_downward)

    def beyond(self, place: tuple[Any, UUID]) -> ColumnElement[bool]:
        """That a turn stands after that place."""
        here = tuple_(self.value(Turn), col(Turn.case_id))
        return here < place if self.is_downward else here > place

    def onward(self, place: tuple[Any, UUID]) -> ColumnElement[bool]:
        """That a turn stands at that place or after it."""
        here = tuple_(self.value(Turn), col(Turn.case_id))
        return here <= place if self.is_downward else here >= place

    def after(self, page: Page) -> list[ColumnElement[bool]]:
        """That a turn stands after a page's cursor; one of another order is refused like one that was made up."""
        last = page.keys(self.kind, UUID)
        return [] if last is None else [self.beyond(last)]


VALUES: Mapping[str, tuple[Value, Callable[[Any], Any]]] = {
    "waiting": (lambda turn: col(turn.arrived_at), moment),
    "filed": (lambda turn: col(turn.filed_at), moment),
    "applicant": (lambda turn: col(turn.pinyin), str),
    "decided": (lambda turn: col(turn.decided_at), moment),
    "attention": (lambda turn: -col(turn.attention), int),
    "due": (lambda turn: col(turn.due_on), date.fromisoformat),
}
USUAL: Mapping[WorklistState, str] = {"waiting": "waiting", "decided": "-decided", "all": "-waiting"}


async def prepared(session: Session, filters: Filters) -> Filters:
    """The filters with what must be looked up before a list can be walked."""
    if filters.overdue is not None:
        filters = replace(filters, late_until=(await calendar_of(session)).latest_due())
    if filters.query is None:
        return filters
    found = [await _employers(session, terms) for terms in wanted_employers(filters.query)]
    return replace(filters, employers=tuple(found))


async def _employers(session: Session, terms: frozenset[str]) -> tuple[UUID, ...]:
    """The employers whose name the terms mean; none where they mean too many."""
    named = select(col(Organization.id)).where(col(Organization.terms).contains(sorted(terms)))
    ids = (await session.execute(named.limit(MOST_EMPLOYERS + 1))).scalars().all()
    return tuple(ids) if len(ids) <= MOST_EMPLOYERS else ()


def order_of(filters: Filters) -> Order:
    """The order that was asked for, or the usual one: what waits longest first, what was decided last first.

    What is overdue is walked by its last day, which is the order of waiting in all but name.
    """
    name = (filters.sort or USUAL[filters.state]).replace("_since", "").replace("_at", "")
    if name.endswith("decided") and filters.state != "decided":
        sentence = _("只有已审核列表可以按审核时间排序。")
        raise Invalid(faults=[Fault("sort_not_here", sentence, field="sort")])
    if name == "waiting" and filters.overdue is not None:
        name = "due"
    value, kind = VALUES[name.removeprefix("-")]
    return Order(value, kind, name.startswith("-"))


def conditions(caller: Caller, filters: Filters) -> list[Condition]:
    """What a turn of the caller's organization must be for the filters to let it through."""
    found: list[Condition] = [col(Turn.organization_id) == caller.organization, not_own(Turn, caller.person)]
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
    return [*found, *_marks(filters), *_matching(caller.organization, filters)]


def _marks(filters: Filters) -> list[Condition]:
    """The marks that a line carries: overdue, filed again, from abroad, all checks passed."""
    late = col(Turn.waiting) & (col(Turn.due_on) <= (filters.late_until or date.min))
    marks: tuple[tuple[bool | None, SQLColumnExpression[bool]], ...] = (
        (filters.overdue, late),
        (filters.refiled, col(Turn.version) > 1),
        (filters.foreign, col(Turn.is_foreign)),
        (filters.all_passed, col(Turn.attention) == 0),
    )
    return [mark if is_wanted else ~mark for is_wanted, mark in marks if is_wanted is not None]


def _matching(organization_id: UUID, filters: Filters) -> list[ColumnElement[bool]]:
    """That each word of the query means something: of the applicant, the number, an ID's last four, the employer."""
    if filters.query is None:
        return []
    words = wanted(filters.query, lambda last_four: vault().index(last_four, LAST_FOUR))
    employers = filters.employers or ((),) * len(words)
    terms = col(Turn.terms)
    return [
        or_(*(terms.contains(tokens(organization_id, meaning)) for meaning in meanings), *_at(named))
        for meanings, named in zip(words, employers, strict=True)
    ]


def _at(employers: tuple[UUID, ...]) -> list[ColumnElement[bool]]:
    """That the applicant works at one of these."""
    return [col(Turn.employer_id).in_(employers)] if employers else []
