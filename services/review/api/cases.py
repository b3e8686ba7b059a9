"""Worklists and dossiers."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime

from services.review import actions, queries
from services.review.queries import Filters
from services.review.schemas import CaseItem, CaseShown, ExportShown, Neighbours, Sort, WorklistState
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.files import files
from shared.kit.web import CallerDep, DatabaseDep, PageDep, router
from shared.kit.web.bodies import Text
from shared.kit.web.paging import Listed
from shared.kit.web.problems import language_of

routes = router(prefix="/review", tags=["review"])
Words = Annotated[Text | None, Query(max_length=100)]
Lines = Annotated[int, Query(ge=0, le=100)]


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEETS: dict[int | str, dict[str, Any]] = {
    200: {"content": {SHEET: {}}},
    202: {"model": ExportShown, "description": "It is being written."},
}
NAMED = {"Content-Disposition": 'attachment; filename="cases.xlsx"'}


def _filters(  # noqa: PLR0913 - each is a parameter of the query
    *,
    state: WorklistState = "waiting",
    programme: Words = None,
    query: Words = None,
    organization: UUID | None = None,
    filed_after: AwareDatetime | None = None,
    sort: Sort | None = None,
    overdue: bool | None = None,
    refiled: bool | None = None,
    foreign: bool | None = None,
    all_passed: bool | None = None,
) -> Filters:
    """Read what of a worklist is wanted."""
    return Filters(state, programme, query, organization, filed_after, sort, overdue, refiled, foreign, all_passed)


FiltersDep = Annotated[Filters, Depends(_filters)]


@routes.get("/cases")
async def list_cases(caller: CallerDep, database: DatabaseDep, page: PageDep, filters: FiltersDep) -> Listed[CaseItem]:
    """The worklist of the reviewer's organization."""
    return await database.read(queries.worklist, caller, filters, page)


@routes.get("/cases.xlsx", response_class=Response, responses=SHEETS)
async def export_cases(caller: CallerDep, database: DatabaseDep, filters: FiltersDep, request: Request) -> Response:
    """The worklist as a spreadsheet; a large one is written by a job, which the answer 202 names."""
    language = language_of(request.headers.get("accept-language"))
    sheet = await database.act(actions.export_cases, caller, filters, language)
    if isinstance(sheet, ExportShown):
        return Response(sheet.model_dump_json(), 202, {"Retry-After": "2"}, media_type="application/json")
    return Response(sheet, media_type=SHEET, headers=NAMED)


@routes.get("/exports")
async def list_exports(caller: CallerDep, database: DatabaseDep) -> Listed[ExportShown]:
    """One's own large exports of the last day, the newest first."""
    return await database.read(queries.own_exports, caller)


@routes.delete("/exports/{export_id}", status_code=204)
async def cancel_export(export_id: UUID, caller: CallerDep, database: DatabaseDep) -> None:
    """Stop an export of one's own that is being written."""
    await database.act(actions.cancel_export, caller, export_id)


@routes.get("/exports/{export_id}")
async def get_export(export_id: UUID, caller: CallerDep, database: DatabaseDep) -> ExportShown:
    """How far an export of one's own has come."""
    return await database.read(queries.export_state, caller, export_id)


@routes.get("/exports/{export_id}/file", response_class=Response, responses={200: {"content": {SHEET: {}}}})
async def get_export_file(export_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """The file of an export that is done."""

    async def stream(session: Session) -> AsyncIterator[bytes]:
        """Open it under its reviewer's key."""
        row = await queries.export_of(session, caller, export_id)
        if not row.has_file:
            raise Missing
        return await files().stream(session, row.account_id, actions.file_key(row.id))

    return StreamingResponse(await database.read(stream), media_type=SHEET, headers=NAMED)


@routes.get("/cases/{case_id}")
async def get_case(case_id: UUID, caller: CallerDep, database: DatabaseDep) -> CaseShown:
    """A case with its snapshot, scans with their checks, history, and what changed since it was last seen."""
    return await actions.read_case(database, caller, case_id)


@routes.get("/cases/{case_id}/neighbours")
async def get_neighbours(
    case_id: UUID, caller: CallerDep, database: DatabaseDep, filters: FiltersDep, lines: Lines = 0
) -> Neighbours:
    """Where the case stands in a list with these filters, what stands around it, and before and after it."""
    return await database.read(queries.neighbours, caller, case_id, filters, lines)
