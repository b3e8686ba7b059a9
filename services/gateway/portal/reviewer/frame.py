"""What surrounds every page of a reviewer: whose desk it is, what waits there, and the ways to each list."""

from collections.abc import Mapping
from typing import Any

from services.gateway.actions.ask import Reply
from services.gateway.portal.answers import Call, Json, held
from services.gateway.portal.reviewer.filters import STATES, address
from services.gateway.portal.reviewer.words import PHRASES, TOLD
from services.gateway.portal.visit import Visit
from shared.kit.texts import translate

DESK: Call = ("review", "/review/desk")
NOBODY: Json = {
    "reviewer": {"name": ""}, "organization": {"name": ""}, "waiting": 0, "waiting_is_more": False,
    "change_requests": 0, "phrases": {"phrases": [], "changed_at": None, "changed_by": None},
    "choices": {"views": [], "columns": [], "keys": True},
}  # fmt: skip


def frame(visit: Visit, answered: Reply | None, here: str, filters: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The values of the frame: `here` is the way that is taken, `filters` are kept by the search."""
    office = {**NOBODY, **held(answered)}
    return {
        "office": office,
        "phrases": phrases_of(visit, office),
        "keys_on": office["choices"].get("keys", True),
        "here": here,
        "states": STATES,
        "filters": dict(filters or {}),
        "address": address,
        "told": TOLD.get(visit.query.get("done", "")),
    }


def phrases_of(visit: Visit, office: Json) -> list[str]:
    """The office's phrases; a few to begin with where nobody has chosen any yet."""
    kept = office["phrases"]
    if kept.get("changed_at") is None:
        return [translate(phrase, visit.exchange.language) for phrase in PHRASES]
    return list(kept["phrases"])
