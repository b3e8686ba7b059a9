"""Moves the platform's clock, in a test installation that asked for it (law 13)."""

import asyncio

from services.gateway.actions.ask import ask
from services.gateway.actions.desk import Desk, urls_of
from shared.contracts.identity import ServiceName
from shared.contracts.refusals import Fault, Invalid, Unavailable
from shared.contracts.texts import _

LONGEST = 10 * 366 * 86_400


async def advance_clock(desk: Desk, body: object) -> None:
    """Let every service move its clock, and forget which sessions were fresh.

    `body` is {"advance_seconds": number}; Invalid for anything else.
    """
    seconds = _seconds(body)
    moves = (_advance(desk, name, seconds) for name in urls_of(desk.settings))
    await asyncio.gather(*moves)
    await desk.sessions.forget_all()


def _seconds(body: object) -> float:
    """Read how far."""
    if isinstance(body, dict) and body.keys() == {"advance_seconds"}:
        seconds = body["advance_seconds"]
        if isinstance(seconds, int | float) and not isinstance(seconds, bool) and abs(seconds) <= LONGEST:
            return seconds
    message = _("请给出 advance_seconds：要前移的秒数，不超过十年。")
    raise Invalid(faults=[Fault("invalid_value", message, field="advance_seconds")])


async def _advance(desk: Desk, name: ServiceName, seconds: float) -> None:
    """Move one service's clock."""
    reply = await ask(desk, name, "POST", "/internal/clock", body={"advance_seconds": seconds})
    if reply.status >= 300:  # noqa: PLR2004 - the HTTP class of success ends here
        raise Unavailable(members={"part": name}, retry_after=3)
