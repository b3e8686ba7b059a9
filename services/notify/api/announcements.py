"""Announcements, as people read them."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Query
from fastapi.responses import StreamingResponse

from services.notify import actions
from services.notify.queries import announcements as announced
from services.notify.queries.announcements import Wanted
from services.notify.queries.attachments import attachment
from services.notify.schemas import Announcements, AnnouncementShown, Category
from shared.kit.web import CallerDep, DatabaseDep, PageDep, router

routes = router("/announcements", tags=["announcements and messages"])
Slug = Annotated[str | None, Query(max_length=100)]
Words = Annotated[str | None, Query(max_length=100)]
SERVED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@routes.get("")
async def announcements(
    caller: CallerDep,
    database: DatabaseDep,
    page: PageDep,
    programme: Slug = None,
    category: Category | None = None,
    query: Words = None,
    unread: bool = False,  # noqa: FBT001, FBT002 - a query parameter
) -> Announcements:
    """What is announced to the caller, pinned ones first; `unread=true` leaves out what the caller has read."""
    wanted = Wanted(programme, category, query, unread and caller.account_id is not None)
    return await database.read(announced.announcements, caller, page, wanted)


@routes.get("/{announcement_id}")
async def announcement(announcement_id: UUID, caller: CallerDep, database: DatabaseDep) -> AnnouncementShown:
    """One announcement; who is logged in has read it from then on."""
    return await database.act(actions.read_announcement, caller, announcement_id)


@routes.get("/{announcement_id}/attachments/{attachment_id}", response_class=StreamingResponse)
async def announcement_attachment(
    announcement_id: UUID, attachment_id: UUID, caller: CallerDep, database: DatabaseDep
) -> StreamingResponse:
    """A file of an announcement, to be saved."""
    row, content = await database.read(attachment, caller, announcement_id, attachment_id)
    disposition = f"attachment; filename*=UTF-8''{quote(row.name, safe='')}"
    headers = SERVED | {"Content-Disposition": disposition, "Content-Length": str(row.size)}
    return StreamingResponse(content, headers=headers, media_type=row.media_type)
