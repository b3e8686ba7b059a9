"""What the services' answers hold; a part that is away leaves its corner of the page empty."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.gateway.actions.ask import Reply
from services.gateway.portal.visit import Visit
from shared.contracts.identity import ServiceName
from shared.contracts.refusals import Forbidden, Missing, Unavailable

OK, REFUSED, FORBIDDEN, NOT_FOUND, BROKEN = 200, 400, 403, 404, 500
Json = Mapping[str, Any]
Call = tuple[ServiceName, str]


async def gather(visit: Visit, *calls: Call | None) -> list[Reply | None]:
    """Ask for each at the same time; None where nothing was asked, or where the service is away."""
    answers = iter(await visit.ask_all(*(call for call in calls if call is not None)))
    return [None if call is None else next(answers) for call in calls]


def must(reply: Reply | None, part: ServiceName | None = None) -> Json:
    """What an answer holds; Missing, Forbidden or Unavailable (naming `part`) where it holds nothing to show."""
    if reply is None or reply.status >= BROKEN:
        raise Unavailable(members={"part": part} if part else None, retry_after=3)
    if reply.status == FORBIDDEN:
        raise Forbidden
    if reply.status != OK:
        raise Missing
    content: Json = reply.content
    return content


def shown_of(reply: Reply | None) -> Json | None:
    """What an answer holds; None where it could not be read, so that the page says so."""
    return reply.content if reply is not None and reply.status == OK else None


def items_of(reply: Reply | None) -> list[Json] | None:
    """The items of a list; None where it could not be read."""
    return (shown_of(reply) or {}).get("items")


def held(reply: Reply | None) -> Json:
    """What an answer holds; nothing where it could not be read, so that the rest of a page is shown."""
    return shown_of(reply) or {}


def items(reply: Reply | None) -> list[Json]:
    """The items of a list; none where it could not be read."""
    return list(held(reply).get("items", ()))


def accepted(reply: Reply) -> bool:
    """Whether a form was taken. Missing or Unavailable where it could not even be judged."""
    if reply.status >= BROKEN:
        raise Unavailable(retry_after=3)
    if reply.status == NOT_FOUND:
        raise Missing
    return reply.status < REFUSED


def is_id(text: str) -> bool:
    """Whether a text is an id."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def once_only(form: Mapping[str, str]) -> dict[str, str] | None:
    """The header by which a form that comes twice (a double click, a second try) does its deed once."""
    key = form.get("key", "")
    return {"idempotency-key": key} if is_id(key) else None
