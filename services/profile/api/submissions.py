"""Filing one's own submission, looking at it, taking it back."""

from uuid import UUID

from fastapi import Response

from services.profile.actions import documents, submit as filing, withdraw as withdrawing
from services.profile.api.answers import PERSON, answer
from services.profile.api.documents import IN_PROGRESS, document_given
from services.profile.queries import submissions as reads
from services.profile.schemas import SubmissionOut, Submissions, Submit
from shared.kit.web import CallerDep, DatabaseDep, OnceDep, PageDep, router

routes = router(prefix="/submissions", tags=["submissions"], dependencies=[PERSON])


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


@routes.get("/{submission_id}/dossier.pdf", response_class=Response, responses=IN_PROGRESS)
async def dossier(submission_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """Give the whole dossier as one signed PDF; 202 with its job while it is drawn, to be asked again."""
    document = await database.act(documents.ask_dossier, caller, submission_id)
    return await document_given(database, document, "application/pdf", f"{submission_id}.pdf")
