"""Statistics of the review."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request, Response

from services.review import actions, queries
from services.review.api.cases import SHEET
from services.review.queries import Wanted
from services.review.schemas import By, Statistics
from shared.kit.web import CallerDep, DatabaseDep, router
from shared.kit.web.bodies import Text
from shared.kit.web.problems import language_of

routes = router(prefix="/review", tags=["review"])


NAMED = {"Content-Disposition": 'attachment; filename="statistics.xlsx"'}


def _wanted(
    programme: Annotated[Text | None, Query(max_length=100)] = None,
    from_on: Annotated[date | None, Query(alias="from")] = None,
    to_on: Annotated[date | None, Query(alias="to")] = None,
) -> Wanted:
    """Read which decisions are counted."""
    return Wanted(programme, from_on, to_on)


WantedDep = Annotated[Wanted, Depends(_wanted)]


@routes.get("/statistics")
async def get_statistics(
    caller: CallerDep, database: DatabaseDep, wanted: WantedDep, by: By | None = None
) -> Statistics:
    """Waiting, decided and returned, with median and 90th percentile time; broken down, and why cases came back."""
    return await database.read(queries.statistics, caller, wanted, by)


@routes.get("/statistics.xlsx", response_class=Response, responses={200: {"content": {SHEET: {}}}})
async def export_statistics(caller: CallerDep, database: DatabaseDep, wanted: WantedDep, request: Request) -> Response:
    """The same figures with every breakdown, as a spreadsheet."""
    language = language_of(request.headers.get("accept-language"))
    content = await database.read(actions.export_figures, caller, wanted, language)
    return Response(content, media_type=SHEET, headers=NAMED)
