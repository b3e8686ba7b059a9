"""The check `duplicate` of a dossier's scans, for the city tiers alone: asked of profile each time, and never kept."""

from typing import Final, cast

from pydantic import JsonValue

from services.review import clients
from services.review.queries import organizations
from services.review.schemas import CaseShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Unavailable
from shared.kit.database import Database
from shared.programmes.shape import Json

_CITY: Final = "city_"


async def beside_duplicates(database: Database, caller: Caller, shown: CaseShown) -> CaseShown:
    """The dossier, with that check on each scan where the caller's organization may see it; without, profile away."""
    own = await database.read(organizations, {caller.organization: ""})
    if not str(own[caller.organization].kind or "").startswith(_CITY):
        return shown
    try:
        found = await clients.duplicates(shown.submission_id, shown.snapshot.version, caller.person)
    except Unavailable:
        return shown
    scans = [_beside(scan, found.get(str(scan["scan_id"]))) for scan in shown.scans]
    return shown.model_copy(update={"scans": scans})


def _beside(scan: dict[str, JsonValue], check: dict[str, Json] | None) -> dict[str, JsonValue]:
    """A scan with one check more."""
    if check is None:
        return scan
    return {**scan, "checks": [*cast("list[JsonValue]", scan["checks"]), cast("JsonValue", check)]}
