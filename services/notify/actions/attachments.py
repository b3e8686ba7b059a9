"""Attachments come in, are named by announcements, and go with them."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlmodel import col

from services.notify.models import Attachment
from services.notify.queries.attachments import OURS, attachment_shown, file_key
from services.notify.queries.deliveries import require_administrator
from services.notify.schemas import AttachmentShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit import clock
from shared.kit.database import Database, Session
from shared.kit.files import files
from shared.kit.ids import new_id

UNNAMED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it came in: its name and type are already what they will be served as."""

    name: str
    media_type: str
    content: bytes


async def keep_attachment(session: Session, caller: Caller, document: Document) -> AttachmentShown:
    """Keep a file that an announcement may name; the file is there before the row that speaks of it."""
    require_administrator(caller)
    row = Attachment(
        id=new_id(),
        name=document.name,
        media_type=document.media_type,
        size=len(document.content),
        made_by=caller.person,
    )
    await files().keep(session, OURS, file_key(row.id), document.content)
    session.add(row)
    await session.flush()
    return attachment_shown(row)


async def name_attachments(session: Session, announcement_id: UUID, named: list[UUID]) -> None:
    """Let an announcement have just these files, in this order; refused as Invalid where one is not to be had.

    A file belongs to one announcement; what is no longer named is dropped a day later.
    """
    mine = col(Attachment.announcement_id)
    asked = select(col(Attachment.id)).where(
        col(Attachment.id).in_(named), or_(mine.is_(None), mine == announcement_id)
    )
    found = set((await session.execute(asked.with_for_update())).scalars())
    if found != set(named) or len(named) != len(found):
        raise Invalid(faults=[Fault("attachment_unknown", _("附件不存在或已用于别的公告。"), field="attachments")])
    gone = update(Attachment).where(mine == announcement_id, col(Attachment.id).not_in(named))
    await session.execute(gone.values(announcement_id=None, made_at=clock.now_sql()))
    for place, attachment_id in enumerate(named):
        kept = update(Attachment).where(col(Attachment.id) == attachment_id)
        await session.execute(kept.values(announcement_id=announcement_id, place=place))


async def drop(session: Session, which: ColumnElement[bool]) -> list[UUID]:
    """Delete rows of attachments; gives their ids, whose files go when this has committed."""
    return list((await session.execute(delete(Attachment).where(which).returning(col(Attachment.id)))).scalars())


async def drop_files(attachment_ids: list[UUID]) -> None:
    """Drop files that no row speaks of any more."""
    for attachment_id in attachment_ids:
        await files().drop(file_key(attachment_id))


async def tidy_attachments(database: Database) -> None:
    """Drop what no announcement has named for a day."""
    await drop_files(await database.act(_drop_unnamed))


async def _drop_unnamed(session: Session) -> list[UUID]:
    """Their rows."""
    is_old = col(Attachment.made_at) < clock.now_sql() - UNNAMED_FOR
    return await drop(session, col(Attachment.announcement_id).is_(None) & is_old)
