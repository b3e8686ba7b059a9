"""Announcements, as administrators make and keep them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response

from services.notify import actions
from services.notify.api.uploads import received
from services.notify.queries import managed
from services.notify.queries.deliveries import require_administrator
from services.notify.rules.markdown import html_of
from services.notify.schemas import (
    Amend,
    Announce,
    AnnouncementManaged,
    AnnouncementState,
    AttachmentShown,
    Draw,
    Drawn,
)
from shared.kit.web import CallerDep, DatabaseDep, IfMatchDep, OnceDep, PageDep, router
from shared.kit.web.paging import Listed

routes = router("/admin/announcements", tags=["administration"])
Slug = Annotated[str | None, Query(max_length=100)]
Words = Annotated[str | None, Query(max_length=100)]
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "additionalProperties": False,
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


@routes.get("")
async def managed_announcements(
    caller: CallerDep,
    database: DatabaseDep,
    page: PageDep,
    state: AnnouncementState | None = None,
    programme: Slug = None,
    query: Words = None,
) -> Listed[AnnouncementManaged]:
    """Every announcement in whatever state, newest first."""
    return await database.read(managed.managed_many, caller, page, state, programme, query)


@routes.post("", status_code=201, response_model=AnnouncementManaged)
async def announce(body: Announce, caller: CallerDep, once: OnceDep) -> Response:
    """Announce something, now or later."""
    return await once(201, actions.announce, caller, body)


@routes.post("/attachments", status_code=201, response_model=AttachmentShown, openapi_extra=FORM)
async def upload_attachment(request: Request, caller: CallerDep, database: DatabaseDep) -> AttachmentShown:
    """Take a file in that an announcement may then name."""
    require_administrator(caller)
    return await database.act(actions.keep_attachment, caller, await received(request))


@routes.post("/preview")
async def preview_announcement(body: Draw, caller: CallerDep) -> Drawn:
    """Show Markdown as it will look; nothing is kept."""
    require_administrator(caller)
    return Drawn(html=html_of(body.body))


@routes.get("/{announcement_id}")
async def managed_announcement(
    announcement_id: UUID, caller: CallerDep, database: DatabaseDep, response: Response
) -> AnnouncementManaged:
    """One announcement in whatever state."""
    return _tagged(response, await database.read(managed.managed, caller, announcement_id))


@routes.patch("/{announcement_id}")
async def change_announcement(
    announcement_id: UUID, body: Amend, caller: CallerDep, database: DatabaseDep, seen: IfMatchDep, response: Response
) -> AnnouncementManaged:
    """Change what is given of an announcement."""
    changed = await database.act(actions.change_announcement, caller, announcement_id, body, seen)
    return _tagged(response, changed)


@routes.post("/{announcement_id}/withdrawal")
async def withdraw_announcement(
    announcement_id: UUID, caller: CallerDep, database: DatabaseDep, response: Response
) -> AnnouncementManaged:
    """Take an announcement down now."""
    return _tagged(response, await database.act(actions.withdraw_announcement, caller, announcement_id))


@routes.delete("/{announcement_id}", status_code=204, response_class=Response)
async def delete_announcement(
    announcement_id: UUID, caller: CallerDep, database: DatabaseDep, seen: IfMatchDep
) -> Response:
    """Delete an announcement with its files."""
    await actions.drop_files(await database.act(actions.delete_announcement, caller, announcement_id, seen))
    return Response(status_code=204)


def _tagged(response: Response, shown: AnnouncementManaged) -> AnnouncementManaged:
    """The answer with its entity tag."""
    response.headers["ETag"] = shown.etag
    return shown
