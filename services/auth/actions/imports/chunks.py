"""The jobs of an import: 200 rows each, in one transaction with the end of the job, so that each is done once."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select, text, update
from sqlmodel import col

from services.auth.actions.imports.creating import create
from services.auth.actions.imports.orders import TO_RUN, TO_UNDO, close
from services.auth.actions.imports.undoing import undo
from services.auth.models import ImportChunk, ImportRow, PeopleImport
from shared.kit.database import Session
from shared.kit.jobs import Work

PATIENCE = "SET LOCAL lock_timeout = '25s'"
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(:listed, 0))"
"""Jobs of one import would wait for each other's usernames anyway, after their work and with most of it in vain."""


async def run_chunk(work: Work[ImportChunk]) -> None:
    """Open or take back the accounts of the chunk's rows."""
    await work.database.act(_run, work)


async def _run(session: Session, work: Work[ImportChunk]) -> None:
    """All of it, or nothing. Who finds a username taken by another chunk waits for that one's end."""
    chunk = work.row
    await session.execute(text(PATIENCE))
    await session.execute(text(ONE_AT_A_TIME), {"listed": str(chunk.import_id)})
    found = await session.execute(select(PeopleImport).where(col(PeopleImport.id) == chunk.import_id))
    listed = found.scalar_one()
    if chunk.task == "run":
        await create(session, listed, await _rows(session, chunk, TO_RUN))
    else:
        await undo(session, listed, await _rows(session, chunk, TO_UNDO))
    await work.finish(session)
    await close(session, chunk.import_id)


async def give_up_chunk(session: Session, chunk_id: UUID) -> None:
    """Say of the rows of a job that failed for good that nothing came of them, and let the import end."""
    found = await session.execute(select(ImportChunk).where(col(ImportChunk.id) == chunk_id))
    chunk = found.scalar_one()
    if chunk.task == "run":
        await session.execute(
            update(ImportRow)
            .where(*_of(chunk), col(ImportRow.outcome).in_(TO_RUN))
            .values(
                outcome="failed",
                troubles=func.jsonb_build_array(
                    func.jsonb_build_array("not_created", "row", func.jsonb_build_object())
                ),
            )
        )
    await close(session, chunk.import_id)


async def _rows(session: Session, chunk: ImportChunk, outcomes: tuple[str, ...]) -> list[ImportRow]:
    """The chunk's rows that are still to be done, in their order."""
    found = await session.execute(
        select(ImportRow).where(*_of(chunk), col(ImportRow.outcome).in_(outcomes)).order_by(col(ImportRow.row))
    )
    return list(found.scalars())


def _of(chunk: ImportChunk) -> tuple[ColumnElement[bool], ...]:
    """The conditions that find the chunk's rows."""
    return (
        col(ImportRow.import_id) == chunk.import_id,
        col(ImportRow.row) >= chunk.first,
        col(ImportRow.row) <= chunk.last,
    )
