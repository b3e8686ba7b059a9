"""Reads the audit trail, for administrators, and checks its chain."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import col

from services.auth.models import AuditEntry
from services.auth.queries import accounts
from services.auth.queries.audit_names import Names, names_of
from services.auth.queries.authority import demand_administrator
from services.auth.rules.trail import BEGINNING, Linked, first_break
from services.auth.schemas.audit import ActorShown, AuditItem, AuditWords, OrganizationNamed, SubjectShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit.clock import CHINA
from shared.kit.database import Session
from shared.kit.web import Page
from shared.kit.web.paging import Listed

NOT_A_MOMENT = _("请填写日期（如 2026-11-22）或带时区的时间。")


class Wanted(NamedTuple):
    """Which entries are asked for; what is None is not looked at."""

    actor: str | None = None
    action: str | None = None
    subject_kind: str | None = None
    subject: str | None = None
    programme: str | None = None
    since: str | None = None
    until: str | None = None


async def trail(session: Session, caller: Caller, wanted: Wanted, page: Page) -> Listed[AuditItem]:
    """The entries that are asked for, the newest first."""
    await demand_administrator(session, caller)
    statement = await _selected(session, wanted)
    if (after := page.keys(int)) is not None:
        statement = statement.where(col(AuditEntry.position) < after[0])
    rows, more = page.cut(list((await session.execute(statement.limit(page.limit + 1))).scalars()))
    return page.of(await shown(session, rows), (rows[-1].position,) if more else None)


async def newest(session: Session, caller: Caller, wanted: Wanted, most: int) -> list[AuditItem]:
    """The newest `most` of them, for a spreadsheet."""
    await demand_administrator(session, caller)
    statement = (await _selected(session, wanted)).limit(most)
    return await shown(session, list((await session.execute(statement)).scalars()))


async def words(session: Session, caller: Caller) -> AuditWords:
    """The actions and kinds of subjects that the trail holds."""
    await demand_administrator(session, caller)
    actions = await session.execute(select(col(AuditEntry.action)).distinct().order_by(col(AuditEntry.action)))
    kinds = select(col(AuditEntry.subject_kind)).distinct().order_by(col(AuditEntry.subject_kind))
    return AuditWords(items=list(actions.scalars()), kinds=list((await session.execute(kinds)).scalars()))


async def shown(session: Session, rows: Sequence[AuditEntry]) -> list[AuditItem]:
    """Entries with the names of whom and what they concern, as they are today."""
    names = await names_of(session, rows)
    return [_shown(row, names) for row in rows]


async def broken_trail(session: Session, after: int = 0, chunk: int = 5000) -> tuple[int | None, int]:
    """Check up to `chunk` entries after that place: the place of the first that does not hold, and how many were read.

    Entries before are taken as they stand: begin with 0 to check the whole chain.
    """
    before = BEGINNING
    if after:
        found = await session.execute(select(col(AuditEntry.hash)).where(col(AuditEntry.position) == after))
        before = bytes(found.scalar_one_or_none() or b"")
    statement = select(AuditEntry).where(col(AuditEntry.position) > after).order_by(col(AuditEntry.position))
    rows = list((await session.execute(statement.limit(chunk))).scalars())
    return first_break((_linked(row) for row in rows), after, before), len(rows)


def _linked(row: AuditEntry) -> Linked:
    """A row as the chain is checked by."""
    columns = row.model_dump(exclude={"position", "previous_hash", "hash"})
    return Linked(row.position, bytes(row.previous_hash), bytes(row.hash), columns)


async def _selected(session: Session, wanted: Wanted) -> Select[AuditEntry]:
    """The entries that are asked for, the newest first."""
    found: list[ColumnElement[bool]] = []
    if wanted.actor:
        found.append(col(AuditEntry.actor_id) == await _actor(session, wanted.actor))
    plain = (
        (col(AuditEntry.action), wanted.action), (col(AuditEntry.subject_kind), wanted.subject_kind),
        (col(AuditEntry.subject_id), wanted.subject), (col(AuditEntry.programme), wanted.programme),
    )  # fmt: skip
    found += [column == value for column, value in plain if value]
    if wanted.since:
        found.append(col(AuditEntry.at) >= _moment(wanted.since, "from"))
    if wanted.until:
        found.append(col(AuditEntry.at) < _moment(wanted.until, "to", timedelta(days=1)))
    return select(AuditEntry).where(*found).order_by(col(AuditEntry.position).desc())


async def _actor(session: Session, named: str) -> UUID | None:
    """The account of that id or username; None, which nobody is, where there is none."""
    try:
        return UUID(named)
    except ValueError:
        account = await accounts.by_name(session, named)
        return account.id if account else UUID(int=0)


def _moment(text: str, field: str, and_day: timedelta = timedelta(0)) -> datetime:
    """An instant, or a date in China (`and_day` later); anything else is refused as Invalid."""
    try:
        if len(text) == len("2026-11-22"):
            return datetime.combine(date.fromisoformat(text), time(), CHINA) + and_day
        read = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        read = None
    if read is None or read.tzinfo is None:
        raise Invalid(faults=[Fault("not_a_moment", NOT_A_MOMENT, field=field)])
    return read


def _shown(row: AuditEntry, names: Names) -> AuditItem:
    """One entry as administrators see it."""
    actor, office = row.actor_id, row.organization_id
    return AuditItem(
        audit_id=row.audit_id,
        at=row.at,
        actor=ActorShown(account_id=actor, username=names.username(actor), name=names.person(actor)) if actor else None,
        roles=row.roles,
        organization=OrganizationNamed(organization_id=office, name=names.organization(office)) if office else None,
        action=row.action,
        subject=SubjectShown(kind=row.subject_kind, id=row.subject_id, name=names.subject(row)),
        programme=row.programme,
        reason=row.reason,
        detail=row.detail,
        request_id=row.request_id,
    )
