"""Filing one's own submission, looking at it, taking it back."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from fastapi import Response
from fastapi.responses import StreamingResponse

from services.profile.actions import documents, submit as filing, withdraw as withdrawing
from services.profile.api.answers import PERSON, answer
from services.profile.queries import submissions as reads
from services.profile.schemas import DocumentJob, SubmissionOut, Submissions, Submit
from shared.kit.database import Session
from shared.kit.files import files
from shared.kit.web import CallerDep, DatabaseDep, OnceDep, PageDep, router

routes = router(prefix="/submissions", tags=["submissions"], dependencies=[PERSON])
DOSSIER: dict[int | str, dict[str, Any]] = {202: {"model": DocumentJob, "description": "It is being drawn."}}


@routes.post("", response_model=SubmissionOut, status_code=201)
async def submit(body: Submit, caller: CallerDep, once: OnceDep) -> Response:
    """File the draft, or file it again."""
    return await once(201, filing.submit, caller, body.programme, body.organization_id)


@routes.get("", response_model=Submissions)
async def submissions(caller: CallerDep, database: DatabaseDep, page: PageDep) -> Response:
    """List one's own submissions."""
    return answer(await database.read(reads.submissions, caller.person, page))


@routes.get("/{submission_id}", response_model=SubmissionOut)
async def submission(submission_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """Show one's own submission with the progress of every tier."""
    return answer(await database.read(reads.submission, caller.person, submission_id))


@routes.post("/{submission_id}/withdrawal", response_model=SubmissionOut)
async def withdraw(submission_id: UUID, caller: CallerDep, once: OnceDep) -> Response:
    """Take the pending submission back."""
    return await once(200, withdrawing.withdraw, caller, submission_id)


@routes.get("/{submission_id}/dossier.pdf", response_class=Response, responses=DOSSIER)
async def dossier(submission_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """Give the whole dossier as one signed PDF; 202 with its job while it is drawn, to be asked again."""
    document = await database.act(documents.ask_dossier, caller, submission_id)
    if document.status != "done":
        state = "running" if document.status == "running" else "queued"
        told = {"job_id": str(document.id), "status": state, "done": document.drawn, "total": document.total}
        return answer(told, 202, {"Retry-After": "2"})

    async def stream(session: Session) -> AsyncIterator[bytes]:
        """Open the file under its owner's key."""
        return await files().stream(session, document.account_id, documents.document_key(document.id))

    headers = {"Content-Disposition": f'attachment; filename="{submission_id}.pdf"', "Cache-Control": "no-store"}
    return StreamingResponse(await database.read(stream), headers=headers, media_type="application/pdf")
