"""The sockets before a request is one: slow, endless and broken heads."""

import asyncio
from collections.abc import AsyncIterator

import orjson
import pytest

from services.gateway.app import Doorstep, Gateway
from services.gateway.rules.headers import SECURITY
from tests.services.gateway.doubles import FakeService, browser, listening


@pytest.fixture
async def port(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """The door on a socket whose patience is short."""
    monkeypatch.setattr(Doorstep, "head_timeout", 0.2)
    monkeypatch.setattr(Doorstep, "drain_timeout", 0.2)
    async with listening(gateway, Doorstep) as url:
        yield int(url.rpartition(":")[2])


async def answer_to(port: int, *parts: bytes) -> bytes:
    """Everything that comes back until the other side closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in parts:
        writer.write(part)
    said = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return said


@pytest.mark.parametrize("begun", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", b"\r\n"])
async def test_a_slow_head_is_not_waited_for(port: int, begun: bytes) -> None:
    assert await answer_to(port, begun) == b""


async def test_a_slow_second_head_is_not_waited_for(port: int) -> None:
    said = await answer_to(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET /he")

    assert said.startswith(b"HTTP/1.1 200 OK")
    assert said.endswith(b'{"status":"alive"}')


async def test_others_are_served_while_two_hundred_dawdle(port: int) -> None:
    slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(200)]
    for _reader, writer in slow:
        writer.write(b"GET / HTTP/1.1\r\n")
    async with browser() as client, client.get(f"http://127.0.0.1:{port}/healthz") as answer:
        assert answer.status == 200

    closed = [await asyncio.wait_for(reader.read(), 10) for reader, _writer in slow]
    for _reader, writer in slow:
        writer.close()

    assert set(closed) == {b""}


async def test_an_endless_head_is_cut(port: int) -> None:
    said = await answer_to(port, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ", b"x" * 40_000)

    assert said.startswith(b"HTTP/1.1 431 Request Header Fields Too Large\r\n")
    assert orjson.loads(said.partition(b"\r\n\r\n")[2])["code"] == "headers_too_large"


async def test_what_is_no_http_hears_so(port: int) -> None:
    said = await answer_to(port, b"HELO mail.example\r\n\r\n")
    head, _, body = said.partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert orjson.loads(body)["code"] == "malformed_request"
    assert [name for name in SECURITY if name not in head] == []


async def test_a_body_that_nobody_wants_has_an_end(port: int, service: FakeService) -> None:
    head = b"POST /api/v1/scans HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"

    said = await answer_to(port, head, b"x" * 1000)

    assert said.startswith(b"HTTP/1.1 401 Unauthorized\r\n")
    assert service.heard == []


async def test_a_connection_serves_one_request_after_another(port: int, service: FakeService) -> None:
    async with browser() as client:
        for length in (1, 500_000, 40_000, 100_000, 2):
            body = {"username": "a" * length}
            async with client.post(f"http://127.0.0.1:{port}/api/v1/sessions", json=body) as answer:
                assert answer.status == 200

    assert [len(heard.body) - 16 for heard in service.heard] == [1, 500_000, 40_000, 100_000, 2]
