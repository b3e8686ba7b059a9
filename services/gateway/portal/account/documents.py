"""Pages that wait for a document while a job makes it: all that is kept of oneself, the dossier of a submission."""

from services.gateway.portal.answers import must
from services.gateway.portal.guards import for_persons
from services.gateway.portal.visit import Shown, Visit


@for_persons
async def export(visit: Visit) -> Shown:
    """All that is kept of oneself, as one archive."""
    return await _waited(visit, "/me/export/state", "/api/v1/me/export", "export")


@for_persons
async def dossier(visit: Visit) -> Shown:
    """Form, scans and history of a submission as one PDF, for whoever may have it; the service says who may."""
    address = f"/submissions/{visit.identifier('submission_id')}/dossier"
    return await _waited(visit, f"{address}/state", f"/api/v1{address}.pdf", "dossier")


async def _waited(visit: Visit, state: str, file: str, kind: str) -> Shown:
    """How far it is; with a way to the file where it is done."""
    made = must(await visit.ask("profile", "GET", state), "profile")
    return Shown("account/document.html", {"made": made, "file": file, "kind": kind})
