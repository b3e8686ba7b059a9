"""Scans on their own: taken in the moment they are chosen, and shown with their checks as they arrive."""

from services.gateway.portal.answers import must
from services.gateway.portal.applicant.forming import choosable
from services.gateway.portal.guards import for_applicants
from services.gateway.portal.uploads import packed, received
from services.gateway.portal.visit import Shown, Visit
from shared.contracts.refusals import Invalid
from shared.contracts.texts import _

ACCEPTED = 202
PLAIN = ((b"content-type", b"text/plain; charset=utf-8"),)
PURPOSES = frozenset({"photo", "id_scan", "proof"})


@for_applicants
async def upload(visit: Visit) -> Shown:
    """Take one file in; a script hears the scan's id, or a sentence that says what is wrong."""
    form = await received(visit)
    files = form.files.get("file", [])
    if len(files) != 1:
        raise Invalid("file_missing", _("请选择一个文件。"))
    purpose = form.fields.get("purpose", "proof")
    fields = {"purpose": purpose if purpose in PURPOSES else "proof"}
    reply = await visit.ask("profile", "POST", "/scans", packed(files[0], fields))
    if reply.status == ACCEPTED:
        return Shown(content=str(reply.content["scan_id"]).encode(), status=201, headers=PLAIN)
    problem = reply.content or {}
    errors = problem.get("errors") or [{}]
    words = str(errors[0].get("message") or problem.get("detail") or "-")
    return Shown(content=words.encode(), status=reply.status, headers=PLAIN)


@for_applicants
async def scan(visit: Visit) -> Shown:
    """One scan as a page shows it, asked for again until it is ready."""
    reply = await visit.ask("profile", "GET", f"/scans/{visit.identifier('scan_id')}")
    shown = must(reply, "profile")
    attention = sum(check["outcome"] == "attention" for check in shown["checks"])
    values = {
        "scan": {**shown, "attention": attention},
        "name": visit.query.get("name", "")[:120],
        "is_single": "single" in visit.query,
        "programme": visit.parameters["programme"],
    }
    return Shown("applicant/scan.html", values)


@for_applicants
async def choices(visit: Visit) -> Shown:
    """One's scans of a purpose, for a field that may name one of them again; a part of a page."""
    purpose, name = visit.query.get("purpose", "proof"), visit.query.get("name", "")[:120]
    reply = await visit.ask("profile", "GET", "/scans?limit=100")
    field = {"field": "photo" if purpose == "photo" else "id_scan" if purpose == "id_scan" else "scan"}
    values = {
        "scans": choosable(field, must(reply, "profile"), visit.query.all("held")),
        "name": name,
        "is_single": purpose == "photo",
        "programme": visit.parameters["programme"],
    }
    return Shown("applicant/choices.html", values)
