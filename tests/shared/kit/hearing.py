"""An event like any other, an answer that leaves a trace, and a look at the traces."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import text

from shared.contracts.events import Event, PasswordChanged
from shared.kit.database import Database, Session
from shared.kit.outbox import tell

STREAM = "ev:auth"


def changed(account_id: UUID | None = None) -> PasswordChanged:
    """An event like any other."""
    return PasswordChanged(account_id=account_id or uuid4(), changed_at=datetime.now(UTC), by_reset=False)


async def note(session: Session, event: Event) -> None:
    """An answer that leaves a trace."""
    await session.execute(text("INSERT INTO effect (what) VALUES (:what)"), {"what": str(event.aggregate_id)})


async def effects(database: Database) -> list[str]:
    """The traces, in order."""
    async with database.engine.connect() as connection:
        return list((await connection.execute(text("SELECT what FROM effect ORDER BY id"))).scalars())


async def tell_all(session: Session, *events: Event) -> None:
    """Tell several events in one transaction."""
    for event in events:
        tell(session, event)
