"""The outbox: events wait in the action's own transaction until the relay has put them on the stream."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index, text
from sqlmodel import Field, SQLModel

from shared.contracts.events import Event
from shared.kit import dispatch, logs
from shared.kit.columns import instant, jsonb
from shared.kit.database import Session
from shared.kit.ids import new_id


class Outbox(SQLModel, table=True):
    """One event, from its action's commit until it is a week old."""

    __tablename__ = "outbox"
    __table_args__ = (Index("outbox_waiting", "id", postgresql_where=text("published_at IS NULL")),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    event_id: UUID = Field(unique=True)
    type: str
    v: int
    aggregate_id: UUID = Field(index=True)
    payload: dict[str, object] = jsonb()
    request_id: str = Field(default="", sa_column_kwargs={"server_default": ""})
    created_at: datetime = instant(default=True)
    published_at: datetime | None = instant(nullable=True, index=True)
    stream_id: str | None = None


def tell(session: Session, event: Event) -> UUID:
    """Record an event in the caller's transaction; gives the event's id. It travels once that has committed."""
    event_id = new_id()
    session.add(
        Outbox(
            event_id=event_id,
            type=type(event).__name__,
            v=event.v,
            aggregate_id=event.aggregate_id,
            payload=event.model_dump(mode="json"),
            request_id=logs.request_id(),
        )
    )
    dispatch.told(session)
    return event_id
