"""What becomes of one's data beyond the review: shared with the public by consent, and who has opened them."""

from collections.abc import Mapping
from typing import Any

from services.gateway.portal.answers import must
from services.gateway.portal.applicant.reading import ask_with_catalogues, catalogue_of
from services.gateway.portal.guards import for_applicants
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.refusals import Unavailable

Json = Mapping[str, Any]
OK, CONFLICT, INVALID = 200, 409, 422
SHOWN = 50


@for_applicants
async def sharing(visit: Visit) -> Shown:
    """Exactly which facts would go out, how they would look, and the consent."""
    return await _page(visit, _address(visit))


async def _page(visit: Visit, address: str, problem: Json | None = None, status: int = OK) -> Shown:
    """The page; after a refusal with what was ticked."""
    (reply,) = await ask_with_catalogues(visit, ("profile", address))
    found = must(reply, "profile")
    chosen = visit.form.all("fields") if problem is not None else found["fields"] or _required(found)
    values = {
        "catalogue": await catalogue_of(visit, visit.parameters["programme"]),
        "sharing": found,
        "chosen": frozenset(chosen),
        "searchable": visit.form.get("searchable") == "1" if problem is not None else found["searchable"],
        "problem": problem,
        "has_saved": "saved" in visit.query,
    }
    return Shown("applicant/sharing.html", values, status)


def _required(found: Json) -> list[str]:
    """What goes out in any case."""
    return [field["key"] for part in found["offered"] for field in part["fields"] if field["required"]]


@for_applicants
async def share(visit: Visit) -> Shown:
    """Share what is ticked, or share it no longer."""
    address = _address(visit)
    if visit.form.get("stop"):
        reply = await visit.ask("profile", "DELETE", address)
    else:
        consent = visit.form.get("consent") == "1"
        body = {"fields": visit.form.all("fields"), "consent": consent}
        reply = await visit.ask("profile", "PUT", address, body | {"searchable": visit.form.get("searchable") == "1"})
    if reply.status == OK:
        return go_to(f"{address}?saved=1")
    if reply.status in {CONFLICT, INVALID}:
        return await _page(visit, address, reply.content, reply.status)
    must(reply, "profile")
    raise Unavailable(members={"part": "profile"}, retry_after=3)


@for_applicants
async def accesses(visit: Visit) -> Shown:
    """Who opened one's dossier, and when."""
    programme, cursor = visit.parameters["programme"], visit.query.get("cursor", "")
    asked = f"/profiles/{programme}/accesses?limit={SHOWN}" + (f"&cursor={cursor}" if cursor.isalnum() else "")
    (reply,) = await ask_with_catalogues(visit, ("profile", asked))
    found = must(reply, "profile")
    catalogue = await catalogue_of(visit, programme)
    tiers = {tier["tier"]: tier["title"] for tier in catalogue["tiers"]}
    values = {"catalogue": catalogue, "rows": found["items"], "tiers": tiers, "next_cursor": found["next_cursor"]}
    return Shown("applicant/accesses.html", values)


def _address(visit: Visit) -> str:
    """Where sharing is, in the portal as in the API."""
    return f"/profiles/{visit.parameters['programme']}/sharing"
