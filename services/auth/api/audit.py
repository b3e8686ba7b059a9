"""The audit trail, for administrators."""

from typing import Annotated

from fastapi import Depends, Query, Response

from services.auth.actions.audit_export import export_trail
from services.auth.api.given import SHEET, sheet_answer
from services.auth.queries import audit as read
from services.auth.queries.audit import Wanted
from services.auth.schemas.audit import AuditItem, AuditWords
from shared.kit.web import CallerDep, DatabaseDep, PageDep, router
from shared.kit.web.paging import Listed

routes = router("/admin", tags=["administration"])
Filter = Annotated[str | None, Query(max_length=200)]


def _wanted(
    actor: Filter = None,
    action: Filter = None,
    subject_kind: Filter = None,
    subject: Filter = None,
    programme: Filter = None,
    since: Annotated[str | None, Query(alias="from", max_length=40)] = None,
    until: Annotated[str | None, Query(alias="to", max_length=40)] = None,
) -> Wanted:
    """Which entries are asked for."""
    return Wanted(actor, action, subject_kind, subject, programme, since, until)


WantedDep = Annotated[Wanted, Depends(_wanted)]


@routes.get("/audit")
async def audit_trail(caller: CallerDep, database: DatabaseDep, page: PageDep, wanted: WantedDep) -> Listed[AuditItem]:
    """See who did, saw, exported and changed what, the newest first."""
    return await database.read(read.trail, caller, wanted, page)


@routes.get("/audit/actions")
async def audit_actions(caller: CallerDep, database: DatabaseDep) -> AuditWords:
    """See which actions and kinds of subjects the trail holds."""
    return await database.read(read.words, caller)


@routes.get("/audit.xlsx", response_class=Response, responses=SHEET)
async def export_audit(caller: CallerDep, database: DatabaseDep, wanted: WantedDep) -> Response:
    """Take the trail as a spreadsheet; that is noted in the trail."""
    return sheet_answer(await database.act(export_trail, caller, wanted), "audit.xlsx")
