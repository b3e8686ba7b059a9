"""What a reviewer keeps for the own desk: filters under a name, and the columns of the worklist."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from services.gateway.portal.answers import Json, accepted, must
from services.gateway.portal.guards import for_reviewers
from services.gateway.portal.reviewer.columns import COLUMNS
from services.gateway.portal.reviewer.filters import STATES, address, wanted
from services.gateway.portal.reviewer.frame import DESK
from services.gateway.portal.visit import Filled, Shown, Visit, go_to

LONGEST_NAME = 30
MOST = 20


def views_of(choices: Json, filters: Mapping[str, str]) -> list[dict[str, Any]]:
    """The saved filters as links; `on` is the one that the list shows now."""
    found = []
    for number, view in enumerate(choices.get("views", ())):
        kept = wanted(Filled(parse_qsl(view["query"])))
        is_on = {"state": "waiting", **kept} == {"state": "waiting", **filters}
        found.append({"number": number, "name": view["name"], "address": address("/review", kept), "on": is_on})
    return found


@for_reviewers
async def put_columns(visit: Visit) -> Shown:
    """Let the worklist show these columns."""
    return await _put(visit, {"columns": [name for name in visit.form.all("column") if name in COLUMNS]})


@for_reviewers
async def save_view(visit: Visit) -> Shown:
    """Keep the filters of the list under a name; the same name again means these filters."""
    name = visit.form.get("name", "").strip()[:LONGEST_NAME]
    if not name:
        return go_to(_back(visit))
    view = {"name": name, "query": urlencode(wanted(visit.query))}
    before = await kept(visit)
    others = [one for one in before["views"] if one["name"] != name]
    return await _put(visit, {"views": [*others, view][-MOST:]}, before)


@for_reviewers
async def forget_view(visit: Visit) -> Shown:
    """Keep a filter no longer."""
    before, name = await kept(visit), visit.form.get("name", "")
    return await _put(visit, {"views": [one for one in before["views"] if one["name"] != name]}, before)


async def kept(visit: Visit) -> Json:
    """What is kept so far."""
    (answered,) = await visit.ask_all(DESK)
    found: Json = must(answered, "review")["choices"]
    return found


async def _put(visit: Visit, changed: Json, before: Json | None = None) -> Shown:
    """Keep what was changed, and go back to the list."""
    body = {**(before or await kept(visit)), **changed}
    accepted(await visit.ask("review", "PUT", "/review/desk/choices", body))
    return go_to(_back(visit))


def _back(visit: Visit) -> str:
    """The list that the form stands on."""
    filters = wanted(visit.query)
    return address("/review", filters if filters.get("state") in STATES else {**filters, "state": "waiting"})
