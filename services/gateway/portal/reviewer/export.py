"""The worklist as a spreadsheet: a small one at once, a large one by a job: followed, stopped, found again."""

from services.gateway.portal.answers import accepted, must
from services.gateway.portal.guards import for_reviewers
from services.gateway.portal.reviewer.filters import address, wanted
from services.gateway.portal.reviewer.frame import DESK, frame
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.refusals import Forbidden, TooMany, Unavailable

SHEET = (b"content-type", b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
NAMED = (b"content-disposition", b'attachment; filename="cases.xlsx"')
UNDER_WAY, TOO_MANY = 202, 429


@for_reviewers
async def sheet(visit: Visit) -> Shown:
    """The file, or the page of the job that writes it."""
    reply = await visit.ask("review", "GET", address("/review/cases.xlsx", wanted(visit.query)))
    if reply.status == TOO_MANY:
        raise TooMany("too_many_exports", str(reply.content["detail"]), retry_after=3600)
    if not accepted(reply):
        raise Forbidden
    if reply.status == UNDER_WAY:
        return go_to(f"/review/exports/{reply.content['export_id']}")
    if not isinstance(reply.content, bytes):
        raise Unavailable(members={"part": "review"}, retry_after=3)
    return Shown(content=reply.content, headers=(SHEET, NAMED))


@for_reviewers
async def recent(visit: Visit) -> Shown:
    """The large spreadsheets of the last day: those that are being written, and those to be fetched."""
    found, office = await visit.ask_all(("review", "/review/exports"), DESK)
    return Shown("reviewer/exports.html", frame(visit, office, "all") | {"jobs": must(found, "review")["items"]})


@for_reviewers
async def cancel(visit: Visit) -> Shown:
    """Stop one that is being written; its page says so."""
    path = f"/review/exports/{visit.identifier('export_id')}"
    reply = await visit.ask("review", "DELETE", path)
    if not accepted(reply):
        raise Forbidden
    return go_to(path)


@for_reviewers
async def progress(visit: Visit) -> Shown:
    """How far the job has come; the file's address once it is written."""
    path = f"/review/exports/{visit.identifier('export_id')}"
    found, office = await visit.ask_all(("review", path), DESK)
    return Shown("reviewer/export.html", frame(visit, office, "all") | {"job": must(found, "review")})
