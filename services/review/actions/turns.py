"""Writes turns: one organization's part in a case begins, ends, or is shown another version."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Boolean, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.review.actions.deeds import Deed
from services.review.models import Case, Turn
from services.review.queries import calendar_of, usual_days
from services.review.rules import Usual, terms, tokens
from shared.contracts.events import RouteStep
from shared.kit.database import Session

WAS_INSERTED = literal_column("turn.xmax = 0", Boolean)
"""Whether PostgreSQL made the row, or found and changed it; no answer where a newer version kept it as it was."""


class Begun(NamedTuple):
    """Whether an earlier version had come to the organization before, its last day, and how long it usually takes."""

    again: bool
    due_on: date
    usual: Usual | None


async def last_day(session: Session, since: datetime, working_days: int) -> date:
    """The date by which so many working days have passed, in China, by the calendar and what overrides it."""
    return (await calendar_of(session)).last_day(since, working_days)


async def begin(session: Session, case: Case, step: RouteStep, deed: Deed, *, waiting: bool) -> Begun:
    """Let a version come to an organization.

    Not `waiting`: the version was overtaken or withdrawn before it was heard of, and is only there to be read.
    A newer version that came meanwhile stays.
    """
    calendar = await calendar_of(session)
    due_on = calendar.last_day(deed.at, step.working_days)
    row = {
        "tier": step.tier,
        "round": deed.round,
        "version": deed.version,
        "waiting": waiting,
        "arrived_at": deed.at,
        "due_on": due_on,
        "working_days": step.working_days,
        "reminded_at": None,
        "escalated_at": None,
        **_facts(case, step.organization_id, deed),
    }
    new = insert(Turn).values(case_id=case.id, organization_id=step.organization_id, **row)
    written = new.on_conflict_do_update(
        index_elements=["case_id", "organization_id"], set_=row, where=col(Turn.version) <= new.excluded.version
    )
    is_new = (await session.execute(written.returning(WAS_INSERTED))).scalar_one_or_none()
    usual = await usual_days(session, step.organization_id, step.tier, calendar) if waiting else None
    return Begun(not is_new, due_on, usual)


async def describe(session: Session, case: Case, deed: Deed) -> None:
    """Bring what lists are filtered, sorted and searched by up to the newest filing, at every organization."""
    mine = col(Turn.case_id) == case.id
    for organization_id in (await session.execute(select(col(Turn.organization_id)).where(mine))).scalars().all():
        this = col(Turn.organization_id) == organization_id
        await session.execute(update(Turn).where(mine, this).values(**_facts(case, organization_id, deed)))


def _facts(case: Case, organization_id: UUID, deed: Deed) -> dict[str, object]:
    """What a turn repeats of its case."""
    words = terms(case.applicant_name, case.applicant_pinyin, case.number, case.id_last4_index)
    return {
        "account_id": case.account_id,
        "id_index": case.id_index,
        "programme": case.programme,
        "employer_id": case.employer_id,
        "filed_at": case.filed_at or deed.at,
        "attention": case.attention,
        "is_foreign": case.is_foreign,
        "pinyin": case.applicant_pinyin or case.applicant_name,
        "terms": tokens(organization_id, words),
    }


async def end(session: Session, case_id: UUID, organization_id: UUID, deed: Deed) -> None:
    """Let an organization's turn end: decided there, or taken away by its applicant."""
    decided = {"decision": deed.decision, "decided_at": deed.at} if deed.kind == "decided" else {}
    if deed.kind == "change_applied":
        return
    await session.execute(
        update(Turn)
        .where(col(Turn.case_id) == case_id, col(Turn.organization_id) == organization_id)
        .values(waiting=False, **decided)
    )


async def show_version(session: Session, case_id: UUID, seen: int, version: int) -> None:
    """Show the new version to every organization that was shown the one before it."""
    await session.execute(
        update(Turn).where(col(Turn.case_id) == case_id, col(Turn.version) == seen).values(version=version)
    )
