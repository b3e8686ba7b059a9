"""Statistics of the review."""

from datetime import date
from typing import Annotated

from fastapi import Query

from services.review import queries
from services.review.queries import Wanted
from services.review.schemas import By, Statistics
from shared.kit.web import CallerDep, DatabaseDep, router
from shared.kit.web.bodies import Text

routes = router(prefix="/review", tags=["review"])


@routes.get("/statistics")
async def get_statistics(
    caller: CallerDep,
    database: DatabaseDep,
    programme: Annotated[Text | None, Query(max_length=100)] = None,
    from_on: Annotated[date | None, Query(alias="from")] = None,
    to_on: Annotated[date | None, Query(alias="to")] = None,
    by: By | None = None,
) -> Statistics:
    """Waiting, decided and returned, with median and 90th percentile time; broken down, and why cases came back."""
    return await database.read(queries.statistics, caller, Wanted(programme, from_on, to_on), by)
