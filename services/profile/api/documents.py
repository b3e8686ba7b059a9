"""Documents that a job draws: 202 while it does, then the file; and the export of all that is kept of oneself."""

from collections.abc import AsyncIterator
from typing import Any

from fastapi import Response
from fastapi.responses import StreamingResponse

from services.profile.actions import documents
from services.profile.api.answers import PERSON, answer
from services.profile.models import Document
from services.profile.schemas import DocumentJob, DocumentState
from shared.kit.database import Database, Session
from shared.kit.files import files
from shared.kit.web import CallerDep, DatabaseDep, router

IN_PROGRESS: dict[int | str, dict[str, Any]] = {202: {"model": DocumentJob, "description": "It is being made."}}
routes = router(prefix="/me/export", tags=["profiles"], dependencies=[PERSON])


@routes.get("", response_class=Response, responses=IN_PROGRESS)
async def export_me(caller: CallerDep, database: DatabaseDep) -> Response:
    """Give all that is kept of oneself as an archive of JSON and scans; 202 with its job while it is gathered."""
    document = await database.act(documents.ask_export, caller)
    return await document_given(database, document, "application/zip", "juxian-export.zip")


@routes.get("/state", response_model=DocumentState)
async def export_state(caller: CallerDep, database: DatabaseDep) -> Response:
    """Tell how far the archive is, for a page that waits for it; it is begun where it was not."""
    return state_given(await database.act(documents.ask_export, caller))


def state_given(document: Document) -> Response:
    """How far a document is, without its file."""
    state = document.status if document.status in {"running", "done"} else "queued"
    told = {"job_id": str(document.id), "status": state, "done": document.drawn, "total": document.total}
    return answer(told)


async def document_given(database: Database, document: Document, media_type: str, name: str) -> Response:
    """The document's file, or 202 with its job while that is under way."""
    if document.status != "done":
        state = "running" if document.status == "running" else "queued"
        told = {"job_id": str(document.id), "status": state, "done": document.drawn, "total": document.total}
        return answer(told, 202, {"Retry-After": "2"})

    async def stream(session: Session) -> AsyncIterator[bytes]:
        """Open the file under its owner's key."""
        return await files().stream(session, document.account_id, documents.document_key(document.id))

    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(await database.read(stream), headers=headers, media_type=media_type)
