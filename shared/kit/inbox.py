"""The inbox: what a service has heard, each event answered once, alone or together with its neighbours."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col

from shared.contracts.events import Event, read_event
from shared.kit import clock, logs
from shared.kit.columns import instant
from shared.kit.database import Session
from shared.kit.deadletters import resolve

Hears = Mapping[type[Any], Callable[[Session, Any], Awaitable[None]]]


class Inbox(SQLModel, table=True):
    """One event that this service has answered; written in the same transaction as the answer."""

    __tablename__ = "inbox"

    consumer: str = Field(primary_key=True)
    event_id: UUID = Field(primary_key=True)
    at: datetime = instant(default=True)


class Heard(NamedTuple):
    """An event as it came: its id, the request that caused it, and what it says."""

    event_id: UUID
    request_id: str
    event: Event


def read(body: Mapping[str, str]) -> Heard:
    """Build the event from a message; raises LookupError, ValidationError or ValueError."""
    payload = json.loads(body["payload"])
    if not isinstance(payload, dict):
        message = "the payload is no object"
        raise ValueError(message)  # noqa: TRY004 - unreadable like any other bad value
    event = read_event(body["type"], int(body["v"]), payload)
    return Heard(UUID(body["event_id"]), body.get("request_id", ""), event)


async def answer(session: Session, service: str, hears: Hears, heard: Sequence[Heard]) -> None:
    """Note the events and have the effect of each, in their order and in one transaction: all of them or none.

    An event that is noted already changes nothing. Each is answered as if it came alone: what one answer has read is
    forgotten before the next.
    """
    kept = [one for one in heard if type(one.event) in hears]
    fresh = await _note(session, service, kept)
    for one in kept:
        if one.event_id in fresh:
            fresh.discard(one.event_id)
            logs.follow(one.request_id)
            await hears[type(one.event)](session, one.event)
            await session.flush()
            session.expunge_all()


async def _note(session: Session, service: str, kept: Sequence[Heard]) -> set[UUID]:
    """Note the events; gives those that were not noted before."""
    if not kept:
        return set()
    at = clock.now_sql()
    noted = await session.execute(
        insert(Inbox)
        .values([{"consumer": service, "event_id": one.event_id, "at": at} for one in kept])
        .on_conflict_do_nothing()
        .returning(col(Inbox.event_id))
    )
    return set(noted.scalars())


async def replay(session: Session, service: str, hears: Hears, row_id: UUID, by: str) -> bool:
    """Answer a dead event, and mark it as resolved by that operator; False when it was resolved before.

    Raises what the handler raises, or LookupError and ValidationError for one that still cannot be read: then nothing
    has changed.
    """
    body = await resolve(session, row_id, by)
    if body is None:
        return False
    await answer(session, service, hears, [read(body)])
    return True
