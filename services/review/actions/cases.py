"""Holds the row of a case: locks it for an action, and writes it when all is said."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import Table, bindparam, select, update
from sqlmodel import col

from services.review.models import Case
from services.review.queries import reached
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit.database import Session

FIXED = frozenset({"id", "submission_id", "programme", "account_id", "created_at"})
FRESH = {"populate_existing": True}
"""What is read under a lock is what stands in the table, never what the session saw before."""
MOVING = tuple(name for name in Case.model_fields if name not in FIXED)
TABLE = cast("Table", Case.__table__)  # type: ignore[attr-defined]  # SQLModel's classes do not declare it
WRITTEN = (
    update(TABLE)
    .where(TABLE.c.id == bindparam("this"))
    .values({name: bindparam(f"new_{name}", type_=TABLE.c[name].type) for name in MOVING})
)
"""Put together once: each decision runs it, and to build it costs more than to run it."""


async def lock(session: Session, case_id: UUID) -> Case | None:
    """Lock the row of a case until the transaction ends; gives it as plain values in hand, None where there is none."""
    wanted = select(Case).where(col(Case.id) == case_id).with_for_update()
    row = (await session.execute(wanted, execution_options=FRESH)).scalar_one_or_none()
    return _in_hand(session, row) if row is not None else None


async def lock_reached(session: Session, caller: Caller, case_id: UUID) -> Case:
    """Lock a case that the caller may see. Refused: Missing (404)."""
    wanted = reached(caller, [case_id]).with_for_update(of=Case)
    row = (await session.execute(wanted, execution_options=FRESH)).first()
    if row is None:
        raise Missing
    return _in_hand(session, row[0])


async def lock_all(session: Session, caller: Caller, case_ids: Sequence[UUID]) -> None:
    """Lock all of these that the caller may see, in the order of their ids: two batches never wait for each other."""
    await session.execute(reached(caller, case_ids).order_by(col(Case.id)).with_for_update(of=Case))


async def write(session: Session, case: Case) -> None:
    """Write what moved of a case whose row is locked."""
    values = {f"new_{name}": getattr(case, name) for name in MOVING}
    await session.execute(WRITTEN, {"this": case.id, **values})


def _in_hand(session: Session, case: Case) -> Case:
    """The case as values that the session does not watch: `write` alone brings them back."""
    session.expunge(case)
    return case
