"""Who may see which case: those that reached the reader's organization, never an own one (domain rule 7)."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Select, select, union_all
from sqlmodel import col

from services.review.models import Case, ChangeRequest, Reviewer, Turn
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit.database import Session


def not_own(table: type[Case | Turn | ChangeRequest], person: UUID) -> ColumnElement[bool]:
    """That the person reviews nothing of their own: neither by account nor by the same ID number.

    The person's ID number is known (by its index) from an import of the account, or from a filing of their own.
    """
    known: CompoundSelect[str | None] = union_all(
        select(col(Reviewer.id_index)).where(col(Reviewer.account_id) == person, col(Reviewer.id_index).is_not(None)),
        select(col(Case.id_index)).where(col(Case.account_id) == person, col(Case.id_index) != ""),
    )
    return (col(table.account_id) != person) & col(table.id_index).not_in(known)


def reached(caller: Caller, case_ids: Collection[UUID]) -> Select[Case, Turn]:
    """The cases with the turn of the caller's organization: none that never came there, none of the caller's own."""
    return (
        select(Case, Turn)
        .join(Turn, col(Turn.case_id) == col(Case.id))
        .where(
            col(Case.id).in_(case_ids),
            col(Turn.organization_id) == caller.organization,
            not_own(Case, caller.person),
        )
    )


async def find(session: Session, caller: Caller, case_id: UUID) -> tuple[Case, Turn]:
    """The case and the turn of the caller's organization. Refused: Missing (404) where it is not theirs to see."""
    row = (await session.execute(reached(caller, [case_id]))).first()
    if row is None:
        raise Missing
    return row[0], row[1]
