"""What pages of administration read, and what becomes of a form that was sent there."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from services.gateway.actions.ask import Packed, Reply
from services.gateway.portal.answers import Call, accepted, gather, must
from services.gateway.portal.visit import Filled, Shown, Visit, go_to
from shared.contracts.identity import ServiceName

Do = tuple[ServiceName, str, str, Mapping[str, object] | Packed | None]
"""A service, a method, a path, a body."""
Problem = Mapping[str, Any]


async def read(visit: Visit, *calls: Call | None) -> list[Reply | None]:
    """Ask for what a page needs; the first is what it is about, and is refused here as its service refuses it."""
    replies = await gather(visit, *calls)
    must(replies[0])
    return replies


async def done(
    visit: Visit,
    call: Do,
    on: str | Callable[[Any], str],
    told: str,
    again: Callable[[Visit, Problem, int], Any],
) -> Shown:
    """Do what a form asks for. Done: on to a page that says so; else `again` draws the form with what was wrong."""
    reply = await visit.ask(*call)
    if not accepted(reply):
        shown: Shown = await again(visit, reply.content or {}, reply.status)
        return shown
    goal = on if isinstance(on, str) else on(reply.content)
    mark = "&" if "?" in goal else "?"
    return go_to(f"{goal}{mark}{urlencode({'done': told})}")


def asked(query: Filled, *names: str) -> dict[str, str]:
    """What was searched for: those names that hold something, trimmed."""
    return {name: query[name].strip()[:200] for name in names if query.get(name, "").strip()}


def listing(path: str, wanted: Mapping[str, str], limit: int = 25) -> str:
    """The address of a list with its filters."""
    return f"{path}?{urlencode({**wanted, 'limit': str(limit)})}"
