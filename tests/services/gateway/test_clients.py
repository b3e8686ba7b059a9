"""Redis as the door uses it: limits counted for all processes, and a broker that is slow or away felt by nobody."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from redis.asyncio import Redis

from services.gateway.actions.desk import Desk
from services.gateway.app import Gateway
from services.gateway.clients import Cache, CacheAway, Limiter
from services.gateway.rules.limits import LIMITS
from services.gateway.settings import GatewaySettings
from shared.contracts.refusals import TooMany
from tests.servers import free_port
from tests.services.gateway.conftest import client_of
from tests.services.gateway.doubles import FakeService, log_in, session

RESOLVE = ("POST", "/internal/sessions/resolve")
WRITES = LIMITS["reset"].amount


@pytest.fixture
async def broker(valkey_url: str) -> AsyncIterator[Cache]:
    """A real broker, empty."""
    cache = Cache.at(valkey_url, 2.0)
    await cache.client.flushdb()
    yield cache
    await cache.close()


@pytest.fixture
async def broken() -> AsyncIterator[Cache]:
    """A broker that is away."""
    cache = Cache.at(f"redis://127.0.0.1:{free_port()}/0", 0.2)
    yield cache
    await cache.close()


@pytest.fixture
def door_at(service: FakeService, tmp_path: Path) -> Callable[[Cache], Desk]:
    """Make a door that counts, at that broker."""

    def make(cache: Cache) -> Desk:
        """Give its desk."""
        urls = {f"{name}_url": service.url for name in ("auth", "profile", "review", "notify")}
        return Desk.of(GatewaySettings.model_validate({**urls, "patience": 0.0, "data_dir": tmp_path}), cache)

    return make


async def refused_after(limiter: Limiter, who: str, most: int) -> int | None:
    """How many of a client's calls are allowed, up to the most that is tried."""
    for count in range(most):
        try:
            await limiter.hit("reset", who)
        except TooMany as refusal:
            return count if refusal.retry_after in range(1, 61) else -1
    return None


async def test_a_client_is_refused_after_its_limit_and_others_are_not(broker: Cache) -> None:
    one, other = Limiter(broker), Limiter(broker)

    assert await refused_after(one, "203.0.113.1", WRITES + 5) == WRITES
    assert await refused_after(other, "203.0.113.1", 5) == 0
    assert await refused_after(other, "203.0.113.2", 5) is None


async def test_without_captchas_limits_are_ten_times_as_wide(broker: Cache) -> None:
    assert await refused_after(Limiter(broker, width=10), "203.0.113.1", 10 * WRITES + 5) == 10 * WRITES


async def test_limits_can_be_switched_off(broker: Cache) -> None:
    assert await refused_after(Limiter(broker, enabled=False), "203.0.113.1", WRITES + 5) is None


async def test_with_redis_away_each_process_counts_for_itself_and_reading_goes_on(broken: Cache) -> None:
    limiter = Limiter(broken)

    assert await refused_after(limiter, "203.0.113.1", WRITES + 5) == WRITES
    for _ in range(LIMITS["read"].amount + 5):
        await limiter.hit("read", "203.0.113.1")


async def test_what_a_client_does_often_is_counted_together(broker: Cache) -> None:
    limiter, key = Limiter(broker), ("write", "203.0.113.1")
    for _ in range(LIMITS["write"].amount + 1):
        await limiter.hit("write", "203.0.113.1")
    assert limiter._flushing is not None
    await asyncio.wait_for(limiter._flushing, 10)

    with pytest.raises(TooMany) as refused:
        await limiter.hit("write", "203.0.113.1")

    assert refused.value.retry_after in range(1, 61)
    assert limiter._refused.keys() == {key}
    await limiter.hit("write", "203.0.113.2")
    await limiter.close()


async def test_too_many_is_a_problem_with_retry_after(
    broker: Cache, door_at: Callable[[Cache], Desk], service: FakeService
) -> None:
    desk = door_at(broker)
    await desk.start()
    async with client_of(Gateway(desk)) as client:
        answers = [await client.post("/api/v1/password-resets", json={}) for _ in range(WRITES + 1)]
        page = await client.get("/reset/t0ken")

    assert [answer.status_code for answer in answers] == [200] * WRITES + [429]
    assert answers[-1].json()["code"] == "too_many_requests"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert (page.status_code, "请在" in page.text) == (429, True)
    await desk.services.close()


async def test_people_behind_one_address_are_counted_apart(
    broker: Cache, door_at: Callable[[Cache], Desk], service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[tuple[str, str]] = []

    async def hit(_self: Limiter, bucket: str, who: str) -> None:
        counted.append((bucket, who))

    monkeypatch.setattr(Limiter, "hit", hit)
    desk = door_at(broker)
    await desk.start()
    one = await log_in(broker.client, token="one", account_id="019a0000-0000-7000-8000-00000000000a")
    async with client_of(Gateway(desk)) as client:
        await client.get("/api/v1/me", headers=one)
        await client.get("/api/v1/programmes")
        await client.post("/api/v1/sessions", json={}, headers=one)

    assert counted == [
        ("read", "019a0000-0000-7000-8000-00000000000a"), ("read", "127.0.0.1"), ("login", "127.0.0.1"),
    ]  # fmt: skip
    await desk.services.close()


async def test_with_redis_away_sessions_come_from_auth(
    broken: Cache, door_at: Callable[[Cache], Desk], service: FakeService
) -> None:
    service.answers[RESOLVE] = (200, session("applicant"))
    desk = door_at(broken)
    await desk.start()
    async with client_of(Gateway(desk)) as client:
        answers = [await client.get("/api/v1/me", headers={"Authorization": "Bearer t"}) for _ in range(20)]

    assert {answer.status_code for answer in answers} == {200}
    await desk.services.close()


async def test_a_slow_broker_costs_one_call_and_not_each() -> None:
    calls = 0

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1024):
            pass
        writer.close()

    async def command(cache: Cache) -> object:
        nonlocal calls
        calls += 1
        return await cache.client.get("x")

    server = await asyncio.start_server(swallow, "127.0.0.1", 0)
    cache = Cache.at(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0", 0.1)
    for _ in range(50):
        with pytest.raises(CacheAway):
            await cache.ask(lambda: command(cache))
    await cache.close()
    server.close()
    await server.wait_closed()

    assert calls == 1


async def test_a_broker_that_comes_back_is_noticed(cache: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    breaker = Cache(cache, 0.2)

    async def away() -> object:
        raise ConnectionError

    with pytest.raises(CacheAway):
        await breaker.ask(away)
    assert breaker.is_away

    assert breaker._probe is not None
    await asyncio.wait_for(asyncio.shield(breaker._probe), 10)

    assert await breaker.ask(lambda: cache.get("x")) is None


async def test_a_service_that_stays_away_is_refused_at_once(service: FakeService) -> None:
    from services.gateway.clients import Call, Services
    from shared.contracts.refusals import Unavailable

    now = [0.0]
    services = Services({"profile": service.url}, patience=5.0, answer_timeout=1.0, clock=lambda: now[0])
    await services.start()
    await service.stop()
    services._gone_since["profile"], now[0] = 0.0, 6.0

    with pytest.raises(Unavailable) as refused:
        await services.send(Call("profile", "GET", "/programmes", {}))

    assert refused.value.members == {"part": "profile"}
    await services.close()


async def test_a_service_that_does_not_answer_is_given_up(service: FakeService) -> None:
    from aiohttp import web

    from services.gateway.clients import Call, Services
    from shared.contracts.refusals import Unavailable

    async def forever(_request: web.Request) -> web.Response:
        await asyncio.Event().wait()
        return web.Response()

    service.handlers["GET", "/programmes"] = forever
    services = Services({"profile": service.url}, patience=5.0, answer_timeout=0.05)
    await services.start()

    with pytest.raises(Unavailable):
        await services.send(Call("profile", "GET", "/programmes", {}, may_repeat=True))

    await services.close()


async def test_the_lookup_of_unknown_tokens_has_an_end(
    broker: Cache, door_at: Callable[[Cache], Desk], service: FakeService
) -> None:
    service.answers[RESOLVE] = (404, {})
    desk = door_at(broker)
    await desk.start()
    item = desk.limiter._items["lookup"]
    await desk.limiter._shared.hit(item, "lookup", "127.0.0.1", cost=LIMITS["lookup"].amount)
    async with client_of(Gateway(desk)) as client:
        answer: httpx.Response = await client.get("/api/v1/me", headers={"Authorization": "Bearer guess"})

    assert (answer.status_code, service.heard) == (429, [])
    await desk.services.close()
