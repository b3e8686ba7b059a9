"""A process for tests that may die at a fault point: it tells an event, publishes events, or answers them."""

import asyncio
import sys
from uuid import UUID

from sqlalchemy import text

from shared.contracts.events import PasswordChanged
from shared.kit import clock, listener
from shared.kit.database import Database, Session
from shared.kit.listener import Listener
from shared.kit.outbox import tell
from shared.kit.redis import connect
from shared.kit.relay import Relay, stream_of

ACCOUNT = UUID("0192f3a4-5b6c-7d8e-9f00-112233445566")


async def change(session: Session) -> None:
    """Change something, and tell of it."""
    await session.execute(text("INSERT INTO effect (what) VALUES ('changed')"))
    tell(session, PasswordChanged(account_id=ACCOUNT, changed_at=await clock.now(session), by_reset=False))


async def answer(session: Session, event: PasswordChanged) -> None:
    """Answer what was told."""
    await session.execute(text("INSERT INTO effect (what) VALUES (:what)"), {"what": f"heard {event.account_id}"})


async def publish(database: Database, redis_url: str) -> None:
    """Put what waits on the stream."""
    async with connect(redis_url) as redis:
        await Relay(database, redis, "auth").publish()


async def hear(database: Database, redis_url: str) -> None:
    """Take over what a dead hearer held, and answer it and what is new."""
    listener.IDLE = 0
    async with connect(redis_url) as redis:
        hearer = Listener(database, redis, "notify", {PasswordChanged: answer})
        await hearer._join()
        await hearer._take_over(stream_of("auth"))
        if not await _answered(database):
            await hearer._round()


async def _answered(database: Database) -> bool:
    """Whether something was answered: then nobody waits for what is new."""
    async with database.engine.connect() as connection:
        found = await connection.execute(text("SELECT 1 FROM inbox LIMIT 1"))
        return found.first() is not None


async def run(step: str, database: Database, redis_url: str) -> None:
    """Do one step."""
    if step == "change":
        await database.act(change)
    elif step == "publish":
        await publish(database, redis_url)
    else:
        await hear(database, redis_url)


async def main(step: str, database_url: str, redis_url: str) -> None:
    """Do one step as a process of its own."""
    database = Database(database_url)
    await run(step, database, redis_url)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
