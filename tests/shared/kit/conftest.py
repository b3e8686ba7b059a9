"""A database that holds the kit's own tables, a table of jobs, and nothing of any service."""

from collections.abc import AsyncIterator

import psycopg
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from redis.asyncio import Redis
from sqlalchemy import create_engine, text

from shared.kit.database import Database
from shared.kit.migrations import create_kit_tables
from shared.kit.redis import connect
from tests.shared.kit.toys import Table

NAME = "juxian_test_kit"


@pytest.fixture(scope="session")
def kit_url(postgres_url: str) -> str:
    """Make the database once."""
    with psycopg.connect(f"{postgres_url}postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {NAME}")
    engine = create_engine(f"{postgres_url}{NAME}".replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        create_kit_tables(Operations(MigrationContext.configure(connection)))
        Table.metadata.create_all(connection)
        connection.execute(text("CREATE TABLE effect (id serial PRIMARY KEY, what text NOT NULL)"))
    engine.dispose()
    return f"{postgres_url}{NAME}"


@pytest.fixture
async def kit_database(kit_url: str) -> AsyncIterator[Database]:
    """The database, empty."""
    with psycopg.connect(kit_url, autocommit=True) as connection:
        connection.execute("TRUNCATE outbox, inbox, dead_event, person_key, idempotency, effect, toy RESTART IDENTITY")
        connection.execute("UPDATE clock SET ahead = '0'")
    database = Database(kit_url)
    yield database
    await database.close()


@pytest.fixture
async def broker(valkey_url: str) -> AsyncIterator[Redis]:
    """The real broker, with nothing in it."""
    async with connect(valkey_url) as client:
        await client.flushall()
        yield client
