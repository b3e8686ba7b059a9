"""What profile's tests may ask for: a settled world, and a client of the service."""

from collections.abc import Awaitable, Callable

import pytest

from services.profile import clients
from shared.contracts.events import Event
from shared.kit.database import Database
from tests.conftest import Client, ClientOf
from tests.services.profile.world import World


@pytest.fixture
async def world(
    profile_database: Database,
    outbox_of: Callable[[Database], Awaitable[list[Event]]],
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    """A world with its organizations; auth's answers come from it."""
    made = World(profile_database, outbox_of)
    monkeypatch.setattr(clients, "origin", made.origin)
    await made.settle()
    return made


@pytest.fixture
async def client(world: World, client_of: ClientOf) -> Client:
    """A client of the profile service."""
    return await client_of("profile")
