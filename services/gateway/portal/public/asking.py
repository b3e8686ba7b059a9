"""What a page reads of the services: all calls side by side, and a part that is away leaves its corner empty."""

from typing import Any

from services.gateway.actions.ask import Reply
from services.gateway.portal.visit import Visit
from shared.contracts.identity import ServiceName

OK = 200
Call = tuple[ServiceName, str]


async def gather(visit: Visit, *calls: Call | None) -> list[Reply | None]:
    """Ask for each at the same time; None where nothing was asked, or where the service is away."""
    answers = iter(await visit.ask_all(*(call for call in calls if call is not None)))
    return [None if call is None else next(answers) for call in calls]


def shown_of(reply: Reply | None) -> dict[str, Any] | None:
    """What an answer holds; None where there is none, or it is a refusal."""
    return reply.content if reply is not None and reply.status == OK else None


def items_of(reply: Reply | None) -> list[dict[str, Any]] | None:
    """The items of a list; None where it could not be read."""
    content = shown_of(reply)
    return content["items"] if content is not None and "items" in content else None
