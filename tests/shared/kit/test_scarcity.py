"""Where room runs out: what was told waits, and goes out once there is room again (F12, F20)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import text

from shared.contracts.events import PasswordChanged
from shared.contracts.refusals import Unavailable
from shared.kit.database import Database, Session
from shared.kit.outbox import tell
from shared.kit.redis import connect
from shared.kit.relay import Relay


@pytest.fixture
async def full_broker(valkey_url: str) -> AsyncIterator[Redis]:
    """The real broker, with no room for anything more."""
    async with connect(valkey_url) as client:
        await client.flushall()
        await client.config_set("maxmemory", "1mb")
        await client.config_set("maxmemory-policy", "noeviction")
        yield client
        await client.config_set("maxmemory", "0")


async def told(session: Session) -> None:
    """Tell of something."""
    tell(session, PasswordChanged(account_id=uuid4(), changed_at=datetime.now(UTC), by_reset=False))


async def waiting(database: Database) -> int:
    """How many events wait to be published."""
    async with database.engine.connect() as connection:
        found = await connection.execute(text("SELECT count(*) FROM outbox WHERE published_at IS NULL"))
        return int(found.scalar_one())


async def test_what_is_told_to_a_full_broker_goes_out_once_it_has_room(
    kit_database: Database, full_broker: Redis
) -> None:
    relay = Relay(kit_database, full_broker, "auth")
    for _ in range(3):
        await kit_database.act(told)

    with pytest.raises(RedisError):
        await relay.publish()
    assert (await waiting(kit_database), await full_broker.xlen("ev:auth")) == (3, 0)

    await full_broker.config_set("maxmemory", "0")
    assert await relay.publish() == 3
    assert (await waiting(kit_database), await full_broker.xlen("ev:auth")) == (0, 3)


@pytest.mark.parametrize("state", ["53100", "53200", "53400", "58030"])
async def test_a_database_without_room_is_away_for_a_moment(kit_database: Database, state: str) -> None:
    async def write(session: Session) -> None:
        """Change something where the disk is full, or memory is."""
        await session.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '{state}'; END $$"))

    with pytest.raises(Unavailable) as refusal:
        await kit_database.act(write)

    assert refusal.value.retry_after == 2
    assert await kit_database.is_ready()
