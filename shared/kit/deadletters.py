"""Dead letters: events that could not be answered, kept until an operator has mended the cause and replays them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col

from shared.kit import clock
from shared.kit.columns import instant, jsonb
from shared.kit.database import Session
from shared.kit.ids import new_id

log = structlog.get_logger(__name__)


class DeadEvent(SQLModel, table=True):
    """One message that was laid aside, with why and how often it was delivered."""

    __tablename__ = "dead_event"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    consumer: str
    stream: str
    stream_id: str = Field(unique=True)
    body: dict[str, str] = jsonb()
    deliveries: int
    error: str
    dead_at: datetime = instant(default=True)
    resolved_at: datetime | None = instant(nullable=True)
    resolved_by: str | None = None


async def lay_aside(
    session: Session,
    consumer: str,
    stream: str,
    stream_id: str,
    body: Mapping[str, str],
    deliveries: int,
    error: str,
) -> None:
    """Keep a message as dead; the same message twice is one row."""
    log.error("event_laid_aside", consumer=consumer, stream=stream, stream_id=stream_id, error=error)
    row = {
        "id": new_id(), "consumer": consumer, "stream": stream, "stream_id": f"{stream}/{stream_id}",
        "body": {_kept(name): _kept(value) for name, value in body.items()},
        "deliveries": deliveries, "error": error[:500],
    }  # fmt: skip
    await session.execute(insert(DeadEvent).values(**row).on_conflict_do_nothing())


def _kept(said: str) -> str:
    """A text as the database takes it: none with NUL."""
    return said.replace("\x00", "\\0")


async def dead_events(session: Session, *, resolved: bool = False) -> list[DeadEvent]:
    """What lies aside, the oldest first; with `resolved`, what was replayed too."""
    statement = select(DeadEvent).order_by(col(DeadEvent.dead_at))
    if not resolved:
        statement = statement.where(col(DeadEvent.resolved_at).is_(None))
    return list((await session.execute(statement)).scalars())


async def resolve(session: Session, row_id: UUID, by: str) -> dict[str, str] | None:
    """Mark a dead event as resolved by that operator; gives its body, None when it was resolved already."""
    marked = await session.execute(
        update(DeadEvent)
        .where(col(DeadEvent.id) == row_id, col(DeadEvent.resolved_at).is_(None))
        .values(resolved_at=clock.now_sql(), resolved_by=by)
        .returning(col(DeadEvent.body))
    )
    return marked.scalar_one_or_none()
