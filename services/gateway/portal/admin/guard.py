"""Who may see the pages of administration, and what becomes of a form that was sent there."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from services.gateway.actions.admit import check_guard
from services.gateway.actions.ask import Reply
from services.gateway.portal.account.guard import for_persons
from services.gateway.portal.public.asking import OK, Call, gather
from services.gateway.portal.visit import Filled, Showing, Shown, Visit, go_to
from shared.contracts.identity import ServiceName
from shared.contracts.refusals import Forbidden, Missing, Unavailable

FORBIDDEN, NOT_FOUND, BROKEN = 403, 404, 500
Json = dict[str, Any]
Do = tuple[ServiceName, str, str, Mapping[str, object] | None]
"""A service, a method, a path, a body."""
Problem = Mapping[str, Any]


def for_administrators(show: Showing) -> Showing:
    """Let in administrators alone."""

    @wraps(show)
    async def guarded(visit: Visit) -> Shown:
        """Look at the roles first."""
        check_guard(visit.exchange.session, "administrator")
        return await show(visit)

    return for_persons(guarded)


async def read(visit: Visit, *calls: Call | None) -> list[Reply | None]:
    """Ask for what a page needs; the first is what it is about, and is refused here as its service refuses it."""
    replies = await gather(visit, *calls)
    must(replies[0])
    return replies


def must(reply: Reply | None) -> Json:
    """What an answer holds; Missing, Forbidden or Unavailable where it holds nothing to show."""
    if reply is None or reply.status >= BROKEN:
        raise Unavailable(retry_after=3)
    if reply.status == NOT_FOUND:
        raise Missing
    if reply.status == FORBIDDEN:
        raise Forbidden
    if reply.status != OK:
        raise Missing
    content: Json = reply.content
    return content


async def done(
    visit: Visit,
    call: Do,
    on: str | Callable[[Any], str],
    told: str,
    again: Callable[[Visit, Problem, int], Any],
) -> Shown:
    """Do what a form asks for. Done: on to a page that says so; else `again` draws the form with what was wrong."""
    reply = await visit.ask(*call)
    if reply.status >= BROKEN:
        raise Unavailable(retry_after=3)
    if reply.status == NOT_FOUND:
        raise Missing
    if reply.status >= 400:  # noqa: PLR2004 - refused
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
