"""A worklist as a spreadsheet: a small one at once, a large one by a job; each is noted, and there is a limit."""

import asyncio
import json
import tempfile
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import col

from services.review.actions.sheets import Sheet
from services.review.models import Reviewer, SheetExport
from services.review.queries import Filters, all_of, export_of, export_shown, how_many, prepared, some_of
from services.review.schemas import CaseItem, ExportShown
from services.review.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import TooMany
from shared.contracts.texts import _
from shared.kit import audit, clock
from shared.kit.clock import CHINA
from shared.kit.database import Database, Session
from shared.kit.files import files
from shared.kit.jobs import ENDED, LeaseLost, Work, later
from shared.kit.texts import translate
from shared.kit.vault import vault
from shared.kit.web.paging import Key, Page

MOST, CHUNK = 5000, 500
"""Cases that are written at once; cases that are read at a time."""
QUEUE, PURPOSE = "review.clock", "export_filters"
KEPT = timedelta(hours=24)


async def export_cases(session: Session, caller: Caller, filters: Filters, language: str) -> bytes | ExportShown:
    """The worklist as an .xlsx file in that language; of more than 5,000 cases the job that writes it.

    The same list asked for again while its job is under way is the same job. Refused: TooMany (429) after so many
    exports of one reviewer in an hour as the settings allow.
    """
    wrapped = _told(filters)
    waiting = await _under_way(session, caller, wrapped, language)
    if waiting is not None:
        return waiting
    await _check_limit(session, caller)
    total = await how_many(session, caller, filters)
    row = SheetExport(
        queue=QUEUE,
        account_id=caller.person,
        organization_id=caller.organization,
        filters=vault().wrap(wrapped, PURPOSE) if total > MOST else "",
        language=language,
        total=total,
    )
    await audit.note(session, caller, "cases_exported", "organization", caller.organization, rows=total)
    if total > MOST:
        later(session, row)
        await session.flush()
        await session.refresh(row)
        return export_shown(row)
    row.status, row.done, row.finished_at = "done", total, await clock.now(session)
    session.add(row)
    items = await all_of(session, caller, filters, MOST)
    taken = await _taken(session, caller.person, language)
    return await asyncio.to_thread(_written, items, language, taken)


async def write_export(work: Work[SheetExport]) -> None:
    """Write a large list to a file, part by part, and keep it sealed under its reviewer's own key."""
    row, database = work.row, work.database
    caller = Caller(
        actor="review",
        account_id=row.account_id,
        roles=frozenset({"reviewer"}),
        organization_id=row.organization_id,
    )
    filters = await database.read(prepared, _read(vault().unwrap(row.filters, PURPOSE)))
    taken = await database.read(_taken, row.account_id, row.language)
    with tempfile.TemporaryDirectory(prefix="juxian-export-") as folder:
        path = Path(folder) / "cases.xlsx"
        with Sheet(path, row.language, taken) as sheet:
            after: tuple[Key, ...] | None = None
            while True:
                items, after = await database.read(some_of, caller, filters, Page(CHUNK, after))
                await asyncio.to_thread(sheet.add, items)
                await database.act(_note_progress, work, sheet.row - 1)
                if after is None:
                    break
        async with database.transaction() as session:
            await files().keep(session, row.account_id, file_key(row.id), path)
            await work.finish(session, has_file=True)


async def cancel_export(session: Session, caller: Caller, export_id: UUID) -> None:
    """Stop an export of the caller's own that is being written; one that has ended stays. Refused: Missing (404)."""
    row = await export_of(session, caller, export_id)
    stopped = {"status": "cancelled", "lease_until": None, "finished_at": clock.now_sql()}
    open_ = col(SheetExport.id) == row.id, col(SheetExport.status).not_in(ENDED)
    await session.execute(update(SheetExport).where(*open_).values(**stopped))


async def forget_exports(database: Database) -> None:
    """Delete the files of exports that were kept for a day."""
    for export_id in await database.read(_old):
        await files().drop(file_key(export_id))
        await database.act(_forgotten, export_id)


def file_key(export_id: UUID) -> str:
    """Where the file of an export lies."""
    return f"review/exports/{export_id}"


async def _check_limit(session: Session, caller: Caller) -> None:
    """Refuse more exports in an hour than one desk needs (A65)."""
    hour_ago = clock.now_sql() - timedelta(hours=1)
    mine = col(SheetExport.account_id) == caller.person, col(SheetExport.created_at) > hour_ago
    taken = (await session.execute(select(func.count()).select_from(SheetExport).where(*mine))).scalar_one()
    if taken >= settings().exports_an_hour:
        raise TooMany("too_many_exports", _("导出过于频繁，请一小时后再试。"), retry_after=3600)


async def _under_way(session: Session, caller: Caller, wrapped: str, language: str) -> ExportShown | None:
    """The caller's job that writes the same list now, or wrote it in the last ten minutes."""
    fresh = col(SheetExport.created_at) > clock.now_sql() - timedelta(minutes=10)
    mine = select(SheetExport).where(
        col(SheetExport.account_id) == caller.person,
        col(SheetExport.organization_id) == caller.organization,
        col(SheetExport.language) == language,
        col(SheetExport.filters) != "",
        col(SheetExport.status).not_in(("failed", "cancelled")),
        fresh,
    )
    rows = (await session.execute(mine.order_by(col(SheetExport.created_at).desc()))).scalars()
    same = next((row for row in rows if vault().unwrap(row.filters, PURPOSE) == wrapped), None)
    return export_shown(same) if same is not None else None


async def _taken(session: Session, account_id: UUID, language: str) -> str:
    """Who takes the list out, and when."""
    named = select(col(Reviewer.name)).where(col(Reviewer.account_id) == account_id)
    name = (await session.execute(named)).scalar_one_or_none()
    at = (await clock.now(session)).astimezone(CHINA)
    who = f"{name} {account_id}" if name else str(account_id)
    return translate(_("由 {who} 于 {at} 导出，仅供审核使用。"), language, who=who, at=f"{at:%Y-%m-%d %H:%M}")


def _written(items: list[CaseItem], language: str, taken: str) -> bytes:
    """A small list's file."""
    with tempfile.TemporaryDirectory(prefix="juxian-export-") as folder:
        path = Path(folder) / "cases.xlsx"
        with Sheet(path, language, taken) as sheet:
            sheet.add(items)
        return path.read_bytes()


def _told(filters: Filters) -> str:
    """The filters as a row keeps them, without what is looked up anew."""
    asked = asdict(replace(filters, employers=(), late_until=None))
    return json.dumps(asked, default=str, ensure_ascii=False, sort_keys=True)


def _read(told: str) -> Filters:
    """The filters as they were asked for."""
    asked = json.loads(told)
    asked["organization"] = UUID(asked["organization"]) if asked["organization"] else None
    asked["filed_after"] = datetime.fromisoformat(asked["filed_after"]) if asked["filed_after"] else None
    return Filters(**{**asked, "employers": ()})


async def _note_progress(session: Session, work: Work[SheetExport], done: int) -> None:
    """Note how far it has come; raises LeaseLost where it was cancelled, or taken over."""
    mine = (
        col(SheetExport.id) == work.row.id,
        col(SheetExport.attempts) == work.row.attempts,
        col(SheetExport.status) == "running",
    )
    noted = update(SheetExport).where(*mine).values(done=done).returning(col(SheetExport.id))
    if (await session.execute(noted)).first() is None:
        raise LeaseLost


async def _old(session: Session) -> list[UUID]:
    old = select(col(SheetExport.id)).where(
        col(SheetExport.has_file), col(SheetExport.created_at) < clock.now_sql() - KEPT
    )
    return list((await session.execute(old)).scalars())


async def _forgotten(session: Session, export_id: UUID) -> None:
    await session.execute(update(SheetExport).where(col(SheetExport.id) == export_id).values(has_file=False))
