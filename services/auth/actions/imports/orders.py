"""An administrator's orders: run an import, undo it, throw it away. The work itself is cut into jobs."""

from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlmodel import col

from services.auth.models import Account, ImportChunk, ImportRow, PeopleImport
from services.auth.models.imports import QUEUE
from services.auth.queries.authority import demand_administrator
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Missing
from shared.contracts.texts import _
from shared.kit import audit
from shared.kit.clock import now_sql
from shared.kit.database import Session
from shared.kit.jobs import later
from shared.kit.vault import vault

CHUNK = 200
"""Rows of a job: each has its own lease, so that what dies in the middle goes on where it was."""
TO_RUN, TO_UNDO = ("ready", "known"), ("created", "added")
NOT_PREVIEWED = _("该名单已经导入过或正在导入，请刷新查看进度。")
NOTHING = _("名单中没有可以导入的行，请按提示改正后重新上传。")
NOT_DONE = _("该名单尚未导入完成。")
LOGGED_IN = _("名单中已有人登录，不能撤销。请在帐号管理中逐个停用。")


async def order_run(session: Session, caller: Caller, import_id: UUID) -> None:
    """Open the accounts, in jobs; refused as Conflict unless previewed, and where no row is good."""
    await demand_administrator(session, caller)
    await begin_run(session, caller, import_id)


async def begin_run(session: Session, caller: Caller | None, import_id: UUID) -> None:
    """The same for whoever may do it."""
    listed = await held(session, import_id)
    if listed.state != "previewed":
        raise Conflict("import_not_previewed", NOT_PREVIEWED)
    rows = await _cut(session, import_id, "run", TO_RUN)
    if not rows:
        raise Conflict("nothing_to_import", NOTHING)
    await _begin(session, import_id, run_at=now_sql())
    await audit.note(session, caller, "import_run", "import", import_id, programme=listed.programme, rows=rows)


async def order_undo(session: Session, caller: Caller, import_id: UUID) -> None:
    """Take everything back that the import opened, in jobs; refused as Conflict once one of its people logged in."""
    await demand_administrator(session, caller)
    listed = await held(session, import_id)
    if listed.state != "done":
        raise Conflict("import_not_done", NOT_DONE)
    if await someone_logged_in(session, listed):
        raise Conflict("someone_logged_in", LOGGED_IN)
    rows = await _cut(session, import_id, "undo", TO_UNDO)
    await _begin(session, import_id, undoing=True, credentials="none")
    await session.execute(update(ImportRow).where(col(ImportRow.import_id) == import_id).values(secret=None))
    await audit.note(session, caller, "import_undone", "import", import_id, programme=listed.programme, rows=rows)
    if not rows:
        await close(session, import_id)


async def drop_import(session: Session, caller: Caller, import_id: UUID) -> None:
    """Throw a list away of which nothing was written yet."""
    await demand_administrator(session, caller)
    listed = await held(session, import_id)
    if listed.state != "previewed":
        raise Conflict("import_not_previewed", NOT_PREVIEWED)
    await session.execute(delete(PeopleImport).where(col(PeopleImport.id) == import_id))
    await vault().erase(session, import_id)
    await audit.note(session, caller, "import_dropped", "import", import_id, programme=listed.programme)


async def held(session: Session, import_id: UUID) -> PeopleImport:
    """The import, to be changed; Missing where there is none."""
    found = await session.execute(select(PeopleImport).where(col(PeopleImport.id) == import_id).with_for_update())
    listed = found.scalar_one_or_none()
    if listed is None:
        raise Missing
    return listed


async def someone_logged_in(session: Session, listed: PeopleImport) -> bool:
    """Whether one of the people that the import brought has logged in since."""
    found = await session.execute(
        select(col(ImportRow.id))
        .join(Account, col(Account.id) == col(ImportRow.account_id))
        .where(
            col(ImportRow.import_id) == listed.id,
            col(ImportRow.outcome).in_(TO_UNDO),
            col(Account.last_login_at) >= listed.run_at,
        )
        .limit(1)
    )
    return found.first() is not None


async def close(session: Session, import_id: UUID) -> None:
    """End the import when no job of it is left; whoever ends the last job does, since each holds its row here."""
    listed = await held(session, import_id)
    left = select(col(ImportChunk.id)).where(
        col(ImportChunk.import_id) == import_id, col(ImportChunk.status).not_in(("done", "failed", "cancelled"))
    )
    if listed.state != "running" or (await session.execute(left.limit(1))).first() is not None:
        return
    has_secrets = select(col(ImportRow.id)).where(
        col(ImportRow.import_id) == import_id, col(ImportRow.secret).is_not(None)
    )
    waiting = (await session.execute(has_secrets.limit(1))).first() is not None
    await session.execute(
        update(PeopleImport)
        .where(col(PeopleImport.id) == import_id)
        .values(
            state="undone" if listed.undoing else "done",
            undoing=False,
            credentials="waiting" if waiting else "none",
            finished_at=now_sql(),
        )
    )


async def _begin(session: Session, import_id: UUID, **columns: object) -> None:
    """Let the import run."""
    begun = update(PeopleImport).where(col(PeopleImport.id) == import_id)
    await session.execute(begun.values(state="running", finished_at=None, **columns))


async def _cut(session: Session, import_id: UUID, task: str, outcomes: tuple[str, ...]) -> int:
    """Cut the rows with those outcomes into jobs; gives how many rows there are."""
    found = await session.execute(
        select(col(ImportRow.row))
        .where(col(ImportRow.import_id) == import_id, col(ImportRow.outcome).in_(outcomes))
        .order_by(col(ImportRow.row))
    )
    rows = list(found.scalars())
    await session.execute(text("SET LOCAL statement_timeout = '20s'"))
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        later(session, ImportChunk(queue=QUEUE, import_id=import_id, task=task, first=part[0], last=part[-1]))
    return len(rows)
