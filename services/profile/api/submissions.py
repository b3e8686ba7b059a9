"""Filing one's own submission, looking at it, taking it back."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response

from services.profile.actions import documents, submit as filing, withdraw as withdrawing
from services.profile.api.answers import PERSON, answer
from services.profile.api.documents import IN_PROGRESS, document_given, state_given
from services.profile.queries import rounds, submissions as reads
from services.profile.schemas import DocumentState, SubmissionOut, Submissions, Submit, WholeSubmission
from shared.kit.web import CallerDep, DatabaseDep, OnceDep, PageDep, router

routes = router(prefix="/submissions", tags=["submissions"], dependencies=[PERSON])
Include = Annotated[Literal["rounds"] | None, Query()]


@routes.post("", response_model=SubmissionOut, status_code=201)
async def submit(body: Submit, caller: CallerDep, once: OnceDep) -> Response:
    """File the draft, or file it again."""
    return await once(201, filing.submit, caller, body.programme, body.organization_id)


@routes.get("", response_model=Submissions)
async def submissions(caller: CallerDep, database: DatabaseDep, page: PageDep) -> Response:
    """List one's own submissions."""
    return answer(await database.read(reads.submissions, caller.person, page))


@routes.get("/{submission_id}", response_model=WholeSubmission | SubmissionOut)
async def submission(
    submission_id: UUID, caller: CallerDep, database: DatabaseDep, include: Include = None
) -> Response:
    """Show one's own submission with the progress of every tier; with `include=rounds` that of every round."""
    read = rounds.submission if include == "rounds" else reads.submission
    return answer(await database.read(read, caller.person, submission_id))


@routes.post("/{submission_id}/withdrawal", response_model=SubmissionOut)
async def withdraw(submission_id: UUID, caller: CallerDep, once: OnceDep) -> Response:
    """Take the pending submission back."""
    return await once(200, withdrawing.withdraw, caller, submission_id)


@routes.get("/{submission_id}/dossier.pdf", response_class=Response, responses=IN_PROGRESS)
async def dossier(submission_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """Give the whole dossier as one signed PDF; 202 with its job while it is drawn, to be asked again."""
    document = await database.act(documents.ask_dossier, caller, submission_id)
    return await document_given(database, document, "application/pdf", f"{submission_id}.pdf")


@routes.get("/{submission_id}/dossier/state", response_model=DocumentState)
async def dossier_state(submission_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """Tell how far the dossier is, for a page that waits for it; it is begun where it was not."""
    return state_given(await database.act(documents.ask_dossier, caller, submission_id))
