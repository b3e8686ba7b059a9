"""A service with doors of every kind, on the kit's own database."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from shared.kit import settings as kit_settings
from shared.kit.database import Database
from shared.kit.settings import Settings
from shared.kit.web import build
from tests.shared.kit.web.doors import doors, passed


@pytest.fixture
def app(kit_database: Database, valkey_url: str, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    """The service, as review; its clock is adjustable."""
    monkeypatch.setenv("JUXIAN_REDIS_URL", valkey_url)
    monkeypatch.setenv("JUXIAN_CLOCK", "adjustable")
    kit_settings.common.cache_clear()
    return build("review", [doors], Settings(), kit_database)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Calls it with a visitor's pass."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://review", headers=passed()) as client:
        yield client
