"""Worklists and dossiers."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import AwareDatetime

from services.review import actions, queries
from services.review.queries import Filters
from services.review.schemas import CaseItem, CaseShown, Neighbours, Sort, WorklistState
from shared.kit.web import CallerDep, DatabaseDep, PageDep, router
from shared.kit.web.bodies import Text
from shared.kit.web.paging import Listed
from shared.kit.web.problems import language_of

routes = router(prefix="/review", tags=["review"])
Words = Annotated[Text | None, Query(max_length=100)]


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


@routes.get("/cases.xlsx", response_class=Response, responses={200: {"content": {SHEET: {}}}})
async def export_cases(caller: CallerDep, database: DatabaseDep, filters: FiltersDep, request: Request) -> Response:
    """The worklist as a spreadsheet."""
    language = language_of(request.headers.get("accept-language"))
    sheet = await database.read(actions.export_cases, caller, filters, language)
    return Response(sheet, media_type=SHEET, headers={"Content-Disposition": 'attachment; filename="cases.xlsx"'})


@routes.get("/cases/{case_id}")
async def get_case(case_id: UUID, caller: CallerDep, database: DatabaseDep) -> CaseShown:
    """A case with its snapshot, scans with their checks, history, and what changed since it was last seen."""
    return await actions.read_case(database, caller, case_id)


@routes.get("/cases/{case_id}/neighbours")
async def get_neighbours(case_id: UUID, caller: CallerDep, database: DatabaseDep, filters: FiltersDep) -> Neighbours:
    """Where the case stands in a list with these filters, and which cases stand before and after it."""
    return await database.read(queries.neighbours, caller, case_id, filters)
