"""What administrators do in review: the working calendar."""

from datetime import date
from typing import Annotated

from fastapi import Query, Request

from services.review import actions, queries
from services.review.schemas import Holiday, Holidays, PutHoliday
from shared.kit.web import CallerDep, DatabaseDep, router
from shared.kit.web.problems import language_of

routes = router(prefix="/admin", tags=["admin"])
Year = Annotated[int, Query(ge=2020, le=2100)]


@routes.get("/holidays")
async def list_holidays(year: Year, caller: CallerDep, database: DatabaseDep, request: Request) -> Holidays:
    """The special days of a year: the State Council's, and those declared over them."""
    language = language_of(request.headers.get("accept-language"))
    return await database.read(queries.holidays_of, caller, year, language)


@routes.put("/holidays/{day}")
async def put_holiday(day: date, body: PutHoliday, caller: CallerDep, database: DatabaseDep) -> Holiday:
    """Declare a day to be worked or not."""
    return await database.act(actions.put_holiday, caller, day, body)


@routes.delete("/holidays/{day}", status_code=204)
async def remove_holiday(day: date, caller: CallerDep, database: DatabaseDep) -> None:
    """Let a day be as the State Council's calendar has it."""
    await database.act(actions.remove_holiday, caller, day)
