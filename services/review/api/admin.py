"""What administrators do in review: the working calendar, handovers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from services.review import actions, queries
from services.review.schemas import HandOver, HandoverShown, Holiday, Holidays, OpenWork, PutHoliday
from shared.kit.web import CallerDep, DatabaseDep, OnceDep, router
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


@routes.get("/organizations/{organization_id}/handover")
async def open_work(organization_id: UUID, caller: CallerDep, database: DatabaseDep) -> OpenWork:
    """What a handover of the organization's open work would move."""
    return await database.read(queries.open_work, caller, organization_id)


@routes.post("/organizations/{organization_id}/handover", status_code=202, response_model=HandoverShown)
async def hand_over(organization_id: UUID, body: HandOver, caller: CallerDep, once: OnceDep) -> Response:
    """Hand what the organization has not decided yet to another."""
    return await once(202, actions.ask_handover, caller, organization_id, body)


@routes.get("/handovers/{handover_id}")
async def get_handover(handover_id: UUID, caller: CallerDep, database: DatabaseDep) -> HandoverShown:
    """How far a handover has come."""
    return await database.read(queries.handover_of, caller, handover_id)
