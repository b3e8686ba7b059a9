"""The door between a client and services that are doubles."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import fakeredis
import httpx
import pytest
from redis.asyncio import Redis

from services.gateway.actions.desk import Desk
from services.gateway.app import Gateway
from services.gateway.clients import Cache
from services.gateway.portal.applicant import reading
from services.gateway.settings import GatewaySettings
from tests.services.gateway.doubles import FakeService, listening
from tests.services.gateway.samples import ANSWERS

MakeDoor = Callable[..., Awaitable[Gateway]]


@pytest.fixture(autouse=True)
def _nothing_is_known() -> None:
    """Forget the catalogues that pages keep for a moment: each test has services of its own."""
    reading._known.clear()


@pytest.fixture
async def service() -> AsyncIterator[FakeService]:
    """The services behind the door."""
    double = FakeService()
    await double.start()
    yield double
    await double.stop()


@pytest.fixture
async def cache() -> AsyncIterator[Redis]:
    """Redis in process."""
    async with fakeredis.FakeAsyncRedis() as client:
        yield client


@pytest.fixture
async def door(service: FakeService, cache: Redis, tmp_path: Path) -> AsyncIterator[MakeDoor]:
    """Make a door with these settings; captchas and limits are off unless a test asks for them."""
    opened: list[Desk] = []

    async def make(**settings: object) -> Gateway:
        """Open it."""
        urls = {f"{name}_url": service.url for name in ("auth", "profile", "review", "notify")}
        given = {"limits": False, "captcha": False, "patience": 0.0, "data_dir": tmp_path, **urls, **settings}
        desk = Desk.of(GatewaySettings.model_validate(given), Cache(cache, 0.25))
        await desk.start()
        opened.append(desk)
        return Gateway(desk)

    yield make
    for desk in opened:
        await desk.close()


@pytest.fixture
async def gateway(door: MakeDoor) -> Gateway:
    """A door as most tests want it."""
    return await door()


@pytest.fixture
async def client(gateway: Gateway) -> AsyncIterator[httpx.AsyncClient]:
    """A client of that door, without a socket between."""
    async with client_of(gateway) as opened:
        yield opened


@pytest.fixture
async def portal(door: MakeDoor, service: FakeService) -> AsyncIterator[httpx.AsyncClient]:
    """The portal of a local installation whose services answer as they should, captchas on."""
    service.answers |= ANSWERS
    async with client_of(await door(captcha=True)) as client:
        yield client


@pytest.fixture
async def address(gateway: Gateway) -> AsyncIterator[str]:
    """That door on a real socket."""
    async with listening(gateway) as url:
        yield url


def client_of(gateway: Gateway, base_url: str = "http://localhost:8000") -> httpx.AsyncClient:
    """A client of a door, without a socket between."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(gateway), base_url=base_url)
