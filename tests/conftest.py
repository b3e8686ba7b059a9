"""What every test may ask for: databases of the services, a broker, clients that call as somebody."""

import gc
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import fakeredis
import httpx
import psycopg
import pytest
import structlog
from fastapi import FastAPI
from redis.asyncio import Redis

from cli import migrations
from shared.contracts.events import Audited, Event, read_event
from shared.contracts.identity import Caller, ServiceName
from shared.kit import calls, settings as kit_settings
from shared.kit.database import Database
from shared.kit.identity import sign
from shared.kit.vault import vault
from tests import servers
from tests.order import ByModule, place

SERVICES = ("auth", "profile", "review", "notify")
EMPTY = b"""DO $$
DECLARE name text; held boolean; names text[] := '{}';
BEGIN
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'clock')
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || name || ')' INTO held;
        IF held THEN names := names || name; END IF;
    END LOOP;
    IF names <> '{}' THEN
        EXECUTE 'TRUNCATE ' || array_to_string(names, ', ') || ' RESTART IDENTITY CASCADE';
    END IF;
    UPDATE clock SET ahead = '0';
END $$"""
APPLICATIONS: dict[tuple[str, str], FastAPI] = {}
COMPILED: dict[str, dict[Any, Any]] = {name: {} for name in SERVICES}
"""Statements that SQLAlchemy has compiled, kept from test to test."""


def pytest_configure() -> None:
    """Settle the environment before anything reads its settings: a local installation with every guard on."""
    for name in [name for name in os.environ if name.startswith("JUXIAN_") and not name.startswith("JUXIAN_TEST_")]:
        if name != "JUXIAN_CHROMIUM":
            del os.environ[name]
    os.environ.update(JUXIAN_INSTALLATION="local", JUXIAN_LOG_LEVEL="warning")
    # Plain tracebacks: drawing every local variable of a failure takes seconds.
    renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], renderer])


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByModule:
    """Choose how tests are shared out: in the order in which they come, so that the journeys begin at once."""
    config.option.loadscopereorder = False
    return ByModule(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the journeys: they take longest. Each is told as it is written; all other tests come in any order."""
    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Look for garbage among what tests make, and seldom: what is there by now stays, and looking took a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """A real broker, empty at the start of the session."""
    with servers.valkey_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server."""
    with servers.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def installed(postgres_url: str, valkey_url: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Names of services → URLs of their databases, migrated at first use; the settings of all services point there."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    urls = {name: f"{postgres_url}juxian_test_{worker}_{name}" for name in SERVICES}
    os.environ.update({f"JUXIAN_{name.upper()}_DATABASE_URL": url for name, url in urls.items()})
    os.environ["JUXIAN_REDIS_URL"] = valkey_url
    os.environ["JUXIAN_DATA_DIR"] = str(tmp_path_factory.mktemp("data"))
    kit_settings.common.cache_clear()
    made: set[str] = set()

    def url_of(name: str) -> str:
        """Make and migrate the database at its first use."""
        if name not in made:
            with psycopg.connect(f"{postgres_url}postgres", autocommit=True) as admin:
                admin.execute(f"DROP DATABASE IF EXISTS juxian_test_{worker}_{name} WITH (FORCE)")
                admin.execute(f"CREATE DATABASE juxian_test_{worker}_{name}")
            import_module(f"services.{name}.settings").settings.cache_clear()
            migrations._upgrade(name)
            made.add(name)
        return urls[name]

    return url_of


def _emptied(url: str) -> None:
    """Empty every table of ours that holds a row, and set the clock back: looking is ten times faster than emptying."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(EMPTY)


@pytest.fixture
async def database_of(installed: Callable[[str], str]) -> AsyncIterator[Callable[[str], Database]]:
    """Give a service's database, empty."""
    opened: dict[str, Database] = {}

    def give(name: str) -> Database:
        """Open it at first use in this test."""
        if name not in opened:
            url = installed(name)
            _emptied(url)
            vault.cache_clear()  # the keys that it remembers are gone with the tables
            database = opened[name] = Database(url, pool_size=20)
            database.engine = database.engine.execution_options(compiled_cache=COMPILED[name])
        return opened[name]

    yield give
    await calls.close()
    for database in opened.values():
        await database.close()


@pytest.fixture
async def auth_database(database_of: Callable[[str], Database]) -> Database:
    """Auth's database, empty."""
    return database_of("auth")


@pytest.fixture
async def profile_database(database_of: Callable[[str], Database]) -> Database:
    """Profile's database, empty."""
    return database_of("profile")


@pytest.fixture
async def review_database(database_of: Callable[[str], Database]) -> Database:
    """Review's database, empty."""
    return database_of("review")


@pytest.fixture
async def notify_database(database_of: Callable[[str], Database]) -> Database:
    """Notify's database, empty."""
    return database_of("notify")


@pytest.fixture
async def redis() -> AsyncIterator[Redis]:
    """A broker in process, with nothing in it."""
    async with fakeredis.FakeAsyncRedis(decode_responses=True) as client:
        yield client


class Client(httpx.AsyncClient):
    """Calls one service's application; `as_caller` gives the headers of somebody who calls."""

    service: ServiceName

    def as_caller(self, caller: Caller | None = None) -> dict[str, str]:
        """The signed identity of a caller; of a visitor where none is named."""
        return {"Authorization": f"Bearer {sign(caller or Caller(actor='gateway'), self.service)}"}


ClientOf = Callable[[ServiceName], Awaitable[Client]]


@pytest.fixture
async def client_of(database_of: Callable[[str], Database]) -> AsyncIterator[ClientOf]:
    """Give a client of a service's application over ASGI, on the test's own database."""
    opened: list[Client] = []

    async def give(name: ServiceName) -> Client:
        """Build the application on the test's database."""
        database = database_of(name)
        app = await _application(name)
        app.state.database = database
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        client = Client(transport=transport, base_url=f"http://{name}")
        client.service = name
        opened.append(client)
        return client

    yield give
    for client in opened:
        await client.aclose()


async def _application(name: ServiceName) -> FastAPI:
    """A service's application as it is built now; its routes are those of before, where the settings are the same.

    FastAPI reads each route when it is first asked for, which takes longer than most tests.
    """
    built: FastAPI = import_module(f"services.{name}.app").build()
    await built.state.database.close()
    kept = APPLICATIONS.setdefault((name, repr(built.state.settings)), built)
    kept.state = built.state
    return kept


async def events_told(database: Database) -> list[Event]:
    """The events in a service's outbox but for its notes, in the order in which they were told."""
    return [event for event in await _outbox(database) if not isinstance(event, Audited)]


async def notes_told(database: Database) -> list[Audited]:
    """The notes of a service for the audit trail, in order."""
    return [event for event in await _outbox(database) if isinstance(event, Audited)]


async def _outbox(database: Database) -> list[Event]:
    """All that waits in a service's outbox."""
    from sqlalchemy import text

    async with database.engine.connect() as connection:
        rows = await connection.execute(text("SELECT type, v, payload FROM outbox ORDER BY id"))
        return [read_event(name, v, payload) for name, v, payload in rows]


@pytest.fixture
def outbox_of() -> Callable[[Database], Awaitable[list[Event]]]:
    """Give the events that a service has told."""
    return events_told


@pytest.fixture
def repository() -> Path:
    """The folder of the whole project."""
    return Path(__file__).resolve().parents[1]
