"""Scans: uploading, listing, deleting, and looking at what may be seen of them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Request, Response

from services.profile.actions import scan_sights, scans
from services.profile.api.answers import PERSON, LanguageDep, answer
from services.profile.api.uploads import received
from services.profile.queries import scan_views, scans as reads
from services.profile.schemas import ScanOut, Scans, Uploaded
from shared.contracts.refusals import Missing
from shared.kit.database import Database, Session
from shared.kit.files import files
from shared.kit.web import CallerDep, DatabaseDep, OnceDep, PageDep, router

routes = router(prefix="/scans", tags=["scans"], dependencies=[PERSON])
SERVED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Disposition": "inline",
}
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "purpose"],
                    "additionalProperties": False,
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "purpose": {"type": "string", "enum": ["photo", "id_scan", "proof"]},
                    },
                }
            }
        },
    }
}


@routes.post("", response_model=Uploaded, status_code=202, openapi_extra=FORM)
async def upload_scan(request: Request, caller: CallerDep, once: OnceDep) -> Response:
    """Take a scan in; it is processed later, and its status tells how that ended."""
    async with received(request) as upload:
        once.body_sha256 = upload.sha256
        return await once(202, scans.receive_scan, caller, upload)


@routes.get("", response_model=Scans)
async def list_scans(caller: CallerDep, database: DatabaseDep, page: PageDep, language: LanguageDep) -> Response:
    """List one's own scans, the newest first."""
    return answer(await database.read(reads.own_scans, caller.person, page, language))


@routes.get("/{scan_id}", response_model=ScanOut)
async def scan(scan_id: UUID, caller: CallerDep, database: DatabaseDep, language: LanguageDep) -> Response:
    """Show what became of a scan."""
    return answer(await database.read(scan_views.scan, caller, scan_id, language))


@routes.delete("/{scan_id}", status_code=204, response_class=Response)
async def delete_scan(scan_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """Delete one's own scan, unless something names it."""
    await scans.drop_files(await database.act(scans.remove_scan, caller, scan_id))
    return Response(status_code=204)


@routes.get("/{scan_id}/pages/{page}", response_class=Response)
async def scan_page(
    scan_id: UUID, page: Annotated[int, Path(ge=1, le=10_000)], caller: CallerDep, database: DatabaseDep
) -> Response:
    """Give the image of a page; pages count from 1."""
    return await _served(database, caller, scan_id, scans.page_key(scan_id, page), "image/jpeg", page)


@routes.get("/{scan_id}/thumbnail", response_class=Response)
async def scan_thumbnail(scan_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """Give the thumbnail."""
    return await _served(database, caller, scan_id, scans.thumbnail_key(scan_id), "image/jpeg")


@routes.get("/{scan_id}/original", response_class=Response)
async def scan_original(scan_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """Give the cleaned file; the bytes as uploaded are served to nobody."""
    return await _served(database, caller, scan_id, scans.cleaned_key(scan_id), None)


async def _served(
    database: Database, caller: CallerDep, scan_id: UUID, key: str, media_type: str | None, page: int = 1
) -> Response:
    """A file of a scan that is ready, to those who may look at it."""

    async def query(session: Session) -> Response:
        """Look, then read the file under its owner's key."""
        found = await reads.visible(session, caller, scan_id)
        if found.status != "ready" or page > found.pages:
            raise Missing
        content = await files().read(session, found.account_id, key)
        if caller.person != found.account_id:
            await scan_sights.note_sight(session, caller, scan_id)
        return Response(content, headers=SERVED, media_type=media_type or found.cleaned_type)

    return await database.act(query)
