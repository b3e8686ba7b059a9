"""The files of announcements: as they are listed, and the bytes of one."""

from collections.abc import AsyncIterator, Iterable
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.notify.models import Announcement, Attachment
from services.notify.queries.audiences import is_for, is_out, programmes_of
from services.notify.schemas import AttachmentShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.files import files

OURS = UUID("01932f00-0000-7000-8000-0000000a77ac")
"""Under whose key attachments are kept: they are the platform's own, and outlive any person."""


def file_key(attachment_id: UUID) -> str:
    """Where an attachment's bytes are kept."""
    return f"announcements/{attachment_id}"


def attachment_shown(row: Attachment) -> AttachmentShown:
    """An attachment as it is listed."""
    return AttachmentShown(attachment_id=row.id, name=row.name, type=row.media_type, size=row.size)


async def attachments_of(session: Session, announcement_ids: Iterable[UUID]) -> dict[UUID, list[AttachmentShown]]:
    """The attachments of several announcements, each in its order."""
    asked = (
        select(Attachment)
        .where(col(Attachment.announcement_id).in_(list(announcement_ids)))
        .order_by(col(Attachment.place), col(Attachment.id))
    )
    found: dict[UUID, list[AttachmentShown]] = {}
    for row in (await session.execute(asked)).scalars():
        assert row.announcement_id is not None  # noqa: S101 - it was asked for by one
        found.setdefault(row.announcement_id, []).append(attachment_shown(row))
    return found


async def attachment(
    session: Session, caller: Caller, announcement_id: UUID, attachment_id: UUID
) -> tuple[Attachment, AsyncIterator[bytes]]:
    """One file and its bytes, for those who may read its announcement; administrators see it before it is out."""
    asked = (
        select(Attachment)
        .join(Announcement, col(Announcement.id) == col(Attachment.announcement_id))
        .where(col(Attachment.id) == attachment_id, col(Announcement.id) == announcement_id)
    )
    if "administrator" not in caller.roles:
        asked = asked.where(is_out(), is_for(caller, await programmes_of(session, caller)))
    row = (await session.execute(asked)).scalar_one_or_none()
    if row is None:
        raise Missing
    return row, await files().stream(session, OURS, file_key(row.id))
