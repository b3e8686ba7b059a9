"""Programmes, for everybody; their windows, for administrators."""

from typing import Annotated
from uuid import UUID

from fastapi import Body as JsonBody, Request, Response

from services.profile.actions import windows
from services.profile.api.answers import ADMINISTRATOR, answer, tagged
from services.profile.queries import programmes as reads
from services.profile.rules.filing import Span
from services.profile.schemas import ProgrammeOut, Programmes, WindowBody, WindowsOut
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit.web import CallerDep, DatabaseDep, router

routes = router(tags=["programmes"])
MaybeWindow = Annotated[WindowBody | None, JsonBody()]


@routes.get("/programmes", response_model=Programmes)
async def programmes(request: Request, _caller: CallerDep, database: DatabaseDep) -> Response:
    """List the programmes with their sections, fields, routes and windows."""
    return tagged(request, await database.read(reads.programmes))


@routes.get("/programmes/{programme}", response_model=ProgrammeOut)
async def programme(request: Request, programme: str, _caller: CallerDep, database: DatabaseDep) -> Response:
    """Show one programme."""
    return tagged(request, await database.read(reads.programme, programme))


@routes.get("/admin/programmes/{programme}/window", response_model=WindowsOut, dependencies=[ADMINISTRATOR])
async def window(programme: str, database: DatabaseDep) -> Response:
    """Show when a programme takes filings, and who was given a window of their own."""
    return answer(await database.read(reads.windows, programme))


@routes.put("/admin/programmes/{programme}/window")
async def set_window(programme: str, body: MaybeWindow, caller: CallerDep, database: DatabaseDep) -> Response:
    """Set when a programme takes filings; null: always."""
    windows.check_administrator(caller)
    return answer(await database.act(windows.set_window, caller, programme, _span(body)))


@routes.put("/admin/programmes/{programme}/window/extensions/{account_id}")
async def extend_window(
    programme: str, account_id: UUID, body: MaybeWindow, caller: CallerDep, database: DatabaseDep
) -> Response:
    """Give one account a window of its own; null: the programme's again."""
    windows.check_administrator(caller)
    return answer(await database.act(windows.extend_window, caller, programme, account_id, _span(body)))


def _span(body: WindowBody | None) -> Span | None:
    """The window that was sent. Refused: 422 where it closes before it opens."""
    if body and body.opens_at and body.closes_at and body.opens_at >= body.closes_at:
        raise Invalid(faults=[Fault("closes_before_opens", _("截止时间须在开始时间之后。"), field="closes_at")])
    return Span(body.opens_at, body.closes_at) if body else None
