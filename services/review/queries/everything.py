"""Reads all that review keeps of one person, as it is given to that person (PIPL, article 45)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import col

from services.review.models import Case, ChangeRequest, Delegation, Entry, Reviewer, Sight
from shared.kit.database import Session

OF_CASE = (
    "submission_id", "programme", "number", "state", "round", "version", "tier", "applicant_name", "employer_name",
    "talent_type", "filed_at", "category", "membership_number", "approved_on",
)  # fmt: skip
OF_ENTRY = (
    "at", "kind", "round", "version", "tier", "organization_name", "decision", "comment", "remarks", "category",
)  # fmt: skip
OF_CHANGE = (
    "submission_id", "programme", "section", "entry_id", "kind", "fields", "organization_name", "tier", "filed_at",
    "status", "comment", "decided_at",
)  # fmt: skip


async def everything(session: Session, account_id: UUID) -> dict[str, Any]:
    """As an applicant: cases with their histories and who saw them, change requests; as a reviewer: what was decided.

    Contents of versions are profile's to give. What others wrote of others is nobody else's: a reviewer's decisions
    name the case alone.
    """
    cases = (await session.execute(_of(Case, account_id).order_by(col(Case.id)))).scalars().all()
    changes = _of(ChangeRequest, account_id).order_by(col(ChangeRequest.id))
    decided = select(Entry).where(col(Entry.reviewer_id) == account_id).order_by(col(Entry.at), col(Entry.id))
    own = select(Reviewer).where(col(Reviewer.account_id) == account_id)
    stands_in = (col(Delegation.delegator_id) == account_id) | (col(Delegation.deputy_id) == account_id)
    absences = select(Delegation).where(stands_in).order_by(col(Delegation.id))
    return {
        "cases": [await _case(session, case) for case in cases],
        "change_requests": await _rows(session, changes, OF_CHANGE),
        "reviewer": await _rows(session, own, ("name", "organization_id")),
        "decisions": await _rows(session, decided, ("at", "kind", "case_id", "tier", "organization_name", "decision")),
        "delegations": await _rows(session, absences, ("organization_id", "from_on", "to_on", "created_at")),
    }


async def _case(session: Session, case: Case) -> dict[str, Any]:
    """A case with its history, and which organizations saw which version."""
    history = select(Entry).where(col(Entry.case_id) == case.id).order_by(col(Entry.seq))
    sights = select(Sight).where(col(Sight.case_id) == case.id).order_by(col(Sight.first_at))
    seen = ("organization_id", "version", "first_at", "last_at")
    return _named(case, OF_CASE) | {
        "history": await _rows(session, history, OF_ENTRY),
        "seen": await _rows(session, sights, seen),
    }


def _of(table: Any, account_id: UUID) -> Select[Any]:  # noqa: ANN401 - a table with accounts
    """A table's rows of one account."""
    return select(table).where(col(table.account_id) == account_id)


async def _rows(session: Session, asked: Select[Any], names: Sequence[str]) -> list[dict[str, Any]]:
    """What rows say, by these columns."""
    return [_named(row, names) for row in (await session.execute(asked)).scalars()]


def _named(row: object, names: Sequence[str]) -> dict[str, Any]:
    """These columns of a row."""
    return {name: getattr(row, name) for name in names}
