"""The door itself: hosts, methods, sizes, headers of every answer, what it says when nobody is behind it."""

import asyncio
import json
from collections.abc import MutableMapping
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from redis.asyncio import Redis

from services.gateway.actions.desk import Desk
from services.gateway.app import Gateway
from services.gateway.clients import Cache
from services.gateway.settings import GatewaySettings
from tests.services.gateway.conftest import MakeDoor, client_of
from tests.services.gateway.doubles import FakeService, browser, log_in

MB = 1024 * 1024


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200), ("127.0.0.1:9", 200), ("[::1]:8000", 200), ("juxian.localhost", 200),
        ("127.9.9.9", 200), ("LOCALHOST", 200), ("evil.example", 421), ("localhost.evil.example", 421),
        ("localhost@evil.example", 421), ("127.0.0.1.evil.example", 421), ("192.168.1.5:8000", 421), ("", 421),
        ("localhost:port", 421), ("localhost/", 421), ("localhost,evil.example", 421), ("[::1", 421),
        ("juxian.example", 421),
    ],
)  # fmt: skip
async def test_only_our_hosts_are_served(client: httpx.AsyncClient, host: str, status: int) -> None:
    for path in ("/api/v1/programmes", "/healthz", "/login"):
        answer = await client.get(path, headers={"Host": host})

        assert answer.status_code == status
        assert status == 200 or answer.json()["code"] == "misdirected"


async def test_a_server_is_no_loopback_name(door: MakeDoor) -> None:
    keys = {
        "master_keys": "k1:" + "A" * 43 + "=", "index_key": "A" * 43 + "=", "identity_key": "k1:" + "B" * 43 + "=",
    }  # fmt: skip
    gateway = await door(installation="server", base_url="https://juxian.example", captcha=True, limits=True, **keys)
    async with client_of(gateway, "https://juxian.example") as client:
        asked = {
            host: (await client.get("/healthz", headers={"Host": host})).status_code
            for host in ("juxian.example", "juxian.example:443", "JUXIAN.example", "localhost", "127.0.0.1",
                         "juxian.example:8443", "x.juxian.example")
        }  # fmt: skip

    assert asked == {
        "juxian.example": 200, "juxian.example:443": 200, "JUXIAN.example": 200, "localhost": 421, "127.0.0.1": 421,
        "juxian.example:8443": 421, "x.juxian.example": 421,
    }  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(host=st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=40))
def test_no_host_makes_the_door_stumble(host: str) -> None:
    from services.gateway.rules.hosts import is_ours

    assert is_ours(host, "http://localhost:8000", is_local=False) == (host.lower().rstrip(".") == "localhost:8000")


@pytest.mark.parametrize(
    ("method", "path", "status", "code", "allow"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found", None),
        ("GET", "/api/v1", 404, "not_found", None),
        ("GET", "/api", 404, "not_found", None),
        ("GET", "/api/v2/programmes", 404, "not_found", None),
        ("GET", "/api/v1/programmes/", 404, "not_found", None),
        ("GET", "/api/v1//programmes", 404, "not_found", None),
        ("GET", "/api/v1/programmes/..", 404, "not_found", None),
        ("GET", "/api/v1/programmes/%2e%2e", 404, "not_found", None),
        ("GET", "/api/v1/programmes/a%2Fb", 404, "not_found", None),
        ("GET", "/api/v1/programmes/%E5%BE%B7", 404, "not_found", None),
        ("GET", "/api/v1/programmes/%00", 404, "not_found", None),
        ("GET", "/api/v1/internal/sessions/resolve", 404, "not_found", None),
        ("GET", "/api/v1/metrics", 404, "not_found", None),
        ("DELETE", "/api/v1/programmes", 405, "method_not_allowed", "GET, HEAD, OPTIONS"),
        ("GET", "/api/v1/sessions", 405, "method_not_allowed", "OPTIONS, POST"),
        ("TRACE", "/api/v1/programmes", 405, "method_not_allowed", "GET, HEAD, OPTIONS"),
        ("PROPFIND", "/api/v1/programmes", 405, "method_not_allowed", "GET, HEAD, OPTIONS"),
        ("POST", "/healthz", 405, "method_not_allowed", "GET, HEAD"),
        ("GET", "/dev/clock", 404, "not_found", None),
    ],
)
async def test_what_is_not_there_is_a_problem(
    client: httpx.AsyncClient, service: FakeService, method: str, path: str, status: int, code: str, allow: str | None
) -> None:
    answer = await client.request(method, path)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers.get("allow") == allow
    assert service.heard == []


@pytest.mark.parametrize(
    "path", ["/metrics", "/internal/clock", "/openapi.json", "/docs", "/redoc", "/nothing", "/static/../app.py"]
)
async def test_what_is_inside_stays_inside(client: httpx.AsyncClient, service: FakeService, path: str) -> None:
    answer = await client.get(path)

    assert (answer.status_code, service.heard) == (404, [])
    assert "没有找到" in answer.text


async def test_options_tell_what_is_allowed(client: httpx.AsyncClient) -> None:
    answer = await client.options("/api/v1/scans")

    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert not any(name.startswith("access-control") for name in answer.headers)


async def test_problems_speak_the_readers_language(client: httpx.AsyncClient) -> None:
    chinese = (await client.delete("/api/v1/programmes")).json()
    english = (await client.delete("/api/v1/programmes", headers={"Accept-Language": "en-GB,zh;q=0.5"})).json()

    assert (chinese["title"], chinese["detail"]) == ("不支持的方法", "此地址不支持该方法。")
    assert english["code"] == chinese["code"]
    assert english["detail"] == "This address does not support that method."


async def test_what_nobody_foresaw_shows_an_id_and_nothing_else(
    client: httpx.AsyncClient, service: FakeService, cache: Redis
) -> None:
    who = await log_in(cache)
    service.answers["GET", "/me"] = (200, ["not", "an", "account"])

    page = await client.get("/", headers={"Cookie": "juxian=" + who["Authorization"].removeprefix("Bearer ")})

    assert page.status_code == 500
    assert page.headers["x-request-id"] in page.text
    assert "Traceback" not in page.text


@pytest.mark.parametrize(
    ("peer_is_trusted", "forwarded", "address"),
    [
        ("", "203.0.113.9", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1, 203.0.113.0/24", "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, nonsense", "127.0.0.1"),
    ],
)
async def test_only_trusted_proxies_say_who_comes(
    door: MakeDoor, service: FakeService, peer_is_trusted: str, forwarded: str, address: str
) -> None:
    gateway = await door(trusted_proxies=peer_is_trusted)
    async with client_of(gateway) as client:
        await client.get("/api/v1/programmes", headers={"X-Forwarded-For": forwarded})

    assert service.callers("profile")[0].address == address


async def test_a_websocket_is_closed(door: MakeDoor) -> None:
    gateway, sent = await door(), []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await gateway({"type": "websocket"}, receive, send)

    assert sent == [{"type": "websocket.close", "code": 1000}]


async def test_the_log_tells_the_pattern_and_never_a_token(
    door: MakeDoor, service: FakeService, capsys: pytest.CaptureFixture[str]
) -> None:
    from structlog.testing import capture_logs

    gateway = await door()
    with capture_logs() as logged:
        async with client_of(gateway) as client:
            await client.post("/api/v1/password-resets/s3cret-token", json={"new_password": "p4ssw0rd"})
            await client.get("/reset/s3cret-token")
            await client.get("/nothing/s3cret-token?token=s3cret-token")

    assert [line["route"] for line in logged if line["event"] == "request"] == [
        "/api/v1/password-resets/{token}", "/reset/{token}", "-",
    ]  # fmt: skip
    assert "s3cret" not in json.dumps(logged)
    assert "p4ssw0rd" not in json.dumps(logged)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections may take long: both ends share one busy process here."""
    monkeypatch.setattr("services.gateway.clients.services.CONNECT_TIMEOUT", 30.0)


@pytest.mark.usefixtures("unhurried")
async def test_a_door_on_a_socket_serves_a_hundred_at_once(address: str, service: FakeService) -> None:
    async with browser() as client:
        answers = await asyncio.gather(*(client.get(f"{address}/api/v1/programmes") for _ in range(100)))

    assert {answer.status for answer in answers} == {200}
    assert len(service.heard) == 100


async def test_it_opens_and_closes_with_its_server(cache: Redis) -> None:
    gateway, sent = Gateway(Desk.of(GatewaySettings(), Cache(cache, 0.25))), []
    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

    async def receive() -> MutableMapping[str, Any]:
        return next(messages)

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message["type"])

    await gateway({"type": "lifespan"}, receive, send)

    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
