"""Exports as the reviewer follows them who asked for them, and how much a list holds."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, literal, select
from sqlmodel import col

from services.review.models import SheetExport, Turn
from services.review.queries.filters import Filters, conditions, order_of, prepared
from services.review.schemas import ExportShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.web.paging import Listed

STATES = {"retry": "running"}
DAY, MOST = timedelta(hours=24), 100


async def how_many(session: Session, caller: Caller, filters: Filters) -> int:
    """How many cases the worklist holds with these filters; a sort that is not for it is refused (422)."""
    order_of(filters)
    among = conditions(caller, await prepared(session, filters))
    some = select(literal(1)).select_from(Turn).where(*among).subquery()
    return int((await session.execute(select(func.count()).select_from(some))).scalar_one())


async def export_of(session: Session, caller: Caller, export_id: UUID) -> SheetExport:
    """An export of the caller's own, for the organization that they decide for now. Refused: Missing (404)."""
    own = select(SheetExport).where(
        col(SheetExport.id) == export_id,
        col(SheetExport.account_id) == caller.person,
        col(SheetExport.organization_id) == caller.organization,
        col(SheetExport.filters) != "",
    )
    row = (await session.execute(own)).scalar_one_or_none()
    if row is None:
        raise Missing
    return row


async def own_exports(session: Session, caller: Caller) -> Listed[ExportShown]:
    """The exports that a job wrote or writes for the caller, of the last day, the newest first; 100 at most."""
    asked = (
        select(SheetExport)
        .where(
            col(SheetExport.account_id) == caller.person,
            col(SheetExport.organization_id) == caller.organization,
            col(SheetExport.filters) != "",
            col(SheetExport.created_at) > clock.now_sql() - DAY,
        )
        .order_by(col(SheetExport.created_at).desc(), col(SheetExport.id).desc())
        .limit(MOST)
    )
    rows = (await session.execute(asked)).scalars()
    return Listed(items=[export_shown(row) for row in rows], next_cursor=None)


async def export_state(session: Session, caller: Caller, export_id: UUID) -> ExportShown:
    """How far an export of the caller's own has come."""
    return export_shown(await export_of(session, caller, export_id))


def export_shown(row: SheetExport) -> ExportShown:
    """An export as the API shows it."""
    return ExportShown.model_validate(
        {
            "export_id": row.id,
            "state": STATES.get(row.status, row.status),
            "asked_at": row.created_at,
            "total": max(row.total, row.done),
            "done": row.done,
            "url": f"/review/exports/{row.id}/file" if row.has_file else None,
        }
    )
