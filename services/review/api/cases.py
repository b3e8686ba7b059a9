"""Worklists and dossiers."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import AwareDatetime

from services.review import actions, queries
from services.review.queries import Filters
from services.review.schemas import CaseItem, CaseShown, Sort, WorklistState
from shared.kit.web import CallerDep, DatabaseDep, PageDep, router
from shared.kit.web.bodies import Text
from shared.kit.web.paging import Listed

routes = router(prefix="/review", tags=["review"])
Words = Annotated[Text | None, Query(max_length=100)]


@routes.get("/cases")
async def list_cases(  # noqa: PLR0913 - a worklist has that many filters
    caller: CallerDep,
    database: DatabaseDep,
    page: PageDep,
    *,
    state: WorklistState = "waiting",
    programme: Words = None,
    query: Words = None,
    organization: UUID | None = None,
    filed_after: AwareDatetime | None = None,
    sort: Sort | None = None,
) -> Listed[CaseItem]:
    """The worklist of the reviewer's organization."""
    filters = Filters(state, programme, query, organization, filed_after, sort)
    return await database.read(queries.worklist, caller, filters, page)


@routes.get("/cases/{case_id}")
async def get_case(case_id: UUID, caller: CallerDep, database: DatabaseDep) -> CaseShown:
    """A case with its snapshot, scans with their checks, history, and what changed since it was last seen."""
    return await actions.read_case(database, caller, case_id)
