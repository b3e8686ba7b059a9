"""Bodies and headers: how large, how many, and what every answer carries."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from redis.asyncio import Redis

from services.gateway.api import ROUTES
from services.gateway.portal.pages import PAGES
from services.gateway.rules.headers import POLICY, SECURITY
from tests.services.gateway.doubles import FakeService, log_in
from tests.services.gateway.samples import ANSWERS

MB = 1024 * 1024


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"{}", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (b"{}", {}, 415),
        (b"{}", {"Content-Type": "application/json; charset=utf-8"}, 200),
        (b" " * (MB + 1), {"Content-Type": "application/json"}, 413),
        (b" " * MB, {"Content-Type": "application/json"}, 200),
    ],
)
async def test_bodies_are_what_they_should_be(
    client: httpx.AsyncClient, cache: Redis, content: bytes, headers: dict[str, str], status: int
) -> None:
    who = await log_in(cache)

    answer = await client.post("/api/v1/submissions", content=content, headers=who | headers)

    assert answer.status_code == status


async def test_an_upload_that_hides_its_size_is_counted(address: str, service: FakeService, cache: Redis) -> None:
    who = {**await log_in(cache), "Content-Type": "multipart/form-data; boundary=x"}

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(22 * 16):
            yield b"x" * 65536

    async with httpx.AsyncClient() as client:
        hidden = await client.post(f"{address}/api/v1/scans", content=endless(), headers=who)
        said = await client.post(f"{address}/api/v1/scans", content=b"x" * (22 * MB), headers=who)

    assert (hidden.status_code, hidden.json()["code"]) == (413, "too_large")
    assert (said.status_code, said.json()["code"]) == (413, "too_large")


async def test_headers_have_an_end(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/programmes", headers={"X-Long": "x" * 17_000})

    assert (answer.status_code, answer.json()["code"]) == (431, "headers_too_large")


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "Content-Type", "Origin"])
async def test_a_header_that_comes_twice_is_refused(client: httpx.AsyncClient, name: str) -> None:
    answer = await client.get("/api/v1/programmes", headers=[(name, "a"), (name, "b")])

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_request")


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /api/v1/programmes HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"GET /api/v1/programmes HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"GET /api/v1/pro\x00grammes HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"FROBNICATE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
)
async def test_nothing_is_smuggled_past_the_door(address: str, service: FakeService, request_line: bytes) -> None:
    host, _, port = address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request_line)
    status = await asyncio.wait_for(reader.readline(), 5)
    writer.close()

    assert status.split()[1] in {b"400", b"405"}
    assert service.heard == []


def paths() -> list[tuple[str, str]]:
    """Every route and page, its placeholders filled."""
    fill = {"token": "t0ken", "section": "basic", "page": "1", "programme": "dezhou-talent-pool"}
    served = [(route.method, "/api/v1" + route.path) for route in ROUTES] + [(page.method, page.path) for page in PAGES]
    extra = [
        "/healthz",
        "/readyz",
        "/api/v1/openapi.json",
        "/api/v1/docs",
        "/api/v1/nothing",
        "/nothing",
        "/static/portal.css",
    ]
    filled = []
    for method, path in [*served, *(("GET", path) for path in extra)]:
        parts = [fill.get(part[1:-1], "019a0000-0000-7000-8000-000000000000") if part[:1] == "{" else part
                 for part in path.split("/")]  # fmt: skip
        filled.append((method, "/".join(parts)))
    return filled


@pytest.mark.parametrize(("method", "path"), paths())
async def test_every_answer_carries_the_headers_of_the_house(
    client: httpx.AsyncClient, cache: Redis, service: FakeService, method: str, path: str
) -> None:
    service.answers |= ANSWERS
    for who in ({}, await log_in(cache, "applicant", "reviewer", "administrator")):
        answer = await client.request(method, path, headers=who)

        own = {"content-security-policy", "referrer-policy", "cache-control"}
        told = {name.decode(): value.decode() for name, value in SECURITY.items() if name.decode() not in own}
        assert {name: answer.headers[name] for name in told} == told
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["referrer-policy"] in {"same-origin", "no-referrer"}
        assert path.startswith("/static/") or answer.headers["cache-control"] == "no-store"
        assert len(answer.headers["x-request-id"]) == 36
        assert "server" not in answer.headers
        # A page that is told nonsense by the double may fail; what pages show is tested with them.
        assert answer.status_code < 500 or path in {"/readyz", "/api/v1/openapi.json"} or not path.startswith("/api/")


async def test_the_policy_is_the_one_of_the_house(client: httpx.AsyncClient) -> None:
    assert (await client.get("/")).headers["content-security-policy"] == POLICY
