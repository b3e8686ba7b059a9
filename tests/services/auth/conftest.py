"""What tests of auth ask for: quick hashing, settings turned for one test, a client with its own broker."""

import os
from collections.abc import Callable, Iterator

os.environ.setdefault("JUXIAN_ARGON2_MEMORY", "64")
os.environ.setdefault("JUXIAN_ARGON2_ROUNDS", "1")
os.environ.setdefault("JUXIAN_HASH_WAIT", "20")

import pytest
from redis.asyncio import Redis

from services.auth.actions.demo import keep_demo_employer
from services.auth.actions.fleeting import Fleeting
from services.auth.settings import settings
from shared.contracts.identity import Caller
from shared.kit.database import Database
from tests.conftest import ClientOf
from tests.services.auth.lists import EMPLOYER
from tests.services.auth.world import ADMIN, HEBEI, Door, as_person, opened

Turn = Callable[..., None]


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch) -> Iterator[Turn]:
    """Turn settings for this test: `turn(captcha="off")`."""

    def turned(**values: str) -> None:
        """Set them, and let them be read anew."""
        for name, value in values.items():
            monkeypatch.setenv(f"JUXIAN_{name.upper()}", value)
        settings.cache_clear()

    yield turned
    settings.cache_clear()


@pytest.fixture
async def door(client_of: ClientOf, auth_database: Database, redis: Redis, turn: Turn) -> Door:
    """Auth's API without captchas, with a broker of its own."""
    turn(captcha="off")
    client = await client_of("auth")
    client._transport.app.state.fleeting = Fleeting(redis)  # type: ignore[attr-defined]  # an ASGI transport has it
    return Door(client, auth_database, redis)


@pytest.fixture
async def admin(door: Door) -> Caller:
    """An administrator, in a world with one employer of the Hebei programme."""
    await door.database.act(keep_demo_employer, EMPLOYER, "130100", (HEBEI,), municipal=False)
    return as_person(await opened(door.database, ADMIN))
