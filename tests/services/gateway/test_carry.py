"""The passage: what goes through it, how, and what ends it."""

import asyncio
import hashlib
import json
import tracemalloc
from collections.abc import AsyncIterator

import aiohttp
import httpx
from aiohttp import web
from redis.asyncio import Redis

from tests.services.gateway.conftest import MakeDoor, client_of
from tests.services.gateway.doubles import ACCOUNT, SESSION, FakeService, browser, listening, log_in

MB = 1024 * 1024


async def test_a_request_arrives_signed_for_its_service(
    client: httpx.AsyncClient, service: FakeService, cache: Redis
) -> None:
    who = await log_in(cache)

    answer = await client.get("/api/v1/submissions?limit=5", headers={**who, "Accept-Language": "en"})

    assert answer.json() == {"path": "/submissions"}
    [caller] = service.callers("profile")
    assert (caller.account_id, caller.session_id, caller.actor) == (ACCOUNT, SESSION, "gateway")
    assert (caller.roles, caller.language) == (frozenset({"applicant"}), "en")
    assert service.heard[0].target == "/submissions?limit=5"
    assert service.heard[0].headers["x-request-id"] == answer.headers["x-request-id"]


async def test_only_listed_headers_pass(client: httpx.AsyncClient, service: FakeService, cache: Redis) -> None:
    headers = {
        "X-User-Id": "1", "X-Forwarded-Host": "evil.example", "Cookie": "a=b", "Connection": "close, x-secret",
        "X-Secret": "1", "If-None-Match": '"7"', "TE": "trailers", "Forwarded": "for=1.2.3.4",
    }  # fmt: skip

    await client.get("/api/v1/programmes", headers=headers)

    told = service.heard[0].headers
    assert told.keys() - {"host", "user-agent", "accept"} == {
        "authorization", "x-request-id", "accept-language", "if-none-match",
    }  # fmt: skip


async def test_only_listed_headers_come_back(client: httpx.AsyncClient, service: FakeService) -> None:
    async def boastful(_request: web.Request) -> web.Response:
        headers = {"Server": "inner", "X-Powered-By": "x", "Set-Cookie": "a=b", "ETag": '"7"', "Keep-Alive": "1"}
        return web.Response(text="{}", headers=headers, content_type="application/json")

    service.handlers["GET", "/programmes"] = boastful

    answer = await client.get("/api/v1/programmes")

    assert answer.headers["etag"] == '"7"'
    assert answer.headers.keys() & {"server", "x-powered-by", "set-cookie", "keep-alive"} == set()


async def test_a_body_arrives_whole_and_its_answer_comes_back(
    client: httpx.AsyncClient, service: FakeService, cache: Redis
) -> None:
    who = await log_in(cache)
    service.answers["POST", "/submissions"] = (201, {"version": 1})

    answer = await client.post("/api/v1/submissions", json={"programme": "dezhou-talent-pool"}, headers=who)

    assert (answer.status_code, answer.json()) == (201, {"version": 1})
    assert json.loads(service.heard[0].body) == {"programme": "dezhou-talent-pool"}


async def test_an_upload_streams_through_in_little_memory(address: str, service: FakeService, cache: Redis) -> None:
    who = {**await log_in(cache), "Content-Type": "multipart/form-data; boundary=x"}
    digests, chunk = [], bytes(range(256)) * 256

    async def take(request: web.Request) -> web.Response:
        digest, size = hashlib.sha256(), 0
        async for part in request.content.iter_any():
            digest.update(part)
            size += len(part)
        digests.append((size, digest.hexdigest()))
        return web.json_response({}, status=202)

    async def source() -> AsyncIterator[bytes]:
        for _ in range(20 * 16):
            yield chunk

    service.handlers["POST", "/scans"] = take
    async with browser() as client:
        tracemalloc.start()
        async with client.post(f"{address}/api/v1/scans", data=source(), headers=who) as answer:
            assert answer.status == 202
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert digests == [(20 * MB, hashlib.sha256(chunk * 320).hexdigest())]
    assert peak < 8 * MB


async def test_an_answer_streams_back_before_it_has_ended(address: str, service: FakeService, cache: Redis) -> None:
    who, more = await log_in(cache), asyncio.Event()

    async def slowly(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "application/pdf"})
        await answer.prepare(request)
        await answer.write(b"first")
        await more.wait()
        await answer.write(b"second")
        return answer

    service.handlers["GET", "/profiles/dezhou-talent-pool/form.pdf"] = slowly
    async with (
        browser() as client,
        client.get(f"{address}/api/v1/profiles/dezhou-talent-pool/form.pdf", headers=who) as answer,
    ):
        assert await answer.content.readany() == b"first"
        more.set()
        assert await answer.content.read() == b"second"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


async def test_a_client_that_hangs_up_ends_the_call(address: str, service: FakeService, cache: Redis) -> None:
    who, begun, cancelled = await log_in(cache), asyncio.Event(), asyncio.Event()

    async def forever(_request: web.Request) -> web.Response:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()
        return web.Response()

    service.handlers["GET", "/me"] = forever
    async with browser() as client:
        asking = asyncio.create_task(client.get(f"{address}/api/v1/me", headers=who))
        await asyncio.wait_for(begun.wait(), 5)
        asking.cancel()
        await asyncio.wait_for(cancelled.wait(), 5)


async def test_a_service_that_breaks_off_breaks_the_answer_off(
    address: str, service: FakeService, cache: Redis
) -> None:
    who = await log_in(cache)

    async def broken(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Length": "100"})
        await answer.prepare(request)
        await answer.write(b"half")
        assert request.transport is not None
        request.transport.abort()
        return answer

    service.handlers["GET", "/me"] = broken
    async with browser() as client, client.get(f"{address}/api/v1/me", headers=who) as answer:
        try:
            await answer.read()
        except aiohttp.ClientPayloadError:
            return
    raise AssertionError


async def test_a_service_that_is_away_is_a_problem_with_retry_after(
    client: httpx.AsyncClient, service: FakeService, cache: Redis
) -> None:
    who = await log_in(cache)
    await service.stop()

    answer = await client.get("/api/v1/submissions", headers=who)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["code"], answer.json()["part"]) == ("temporarily_unavailable", "profile")


async def test_requests_wait_for_a_service_that_restarts(door: MakeDoor, service: FakeService, cache: Redis) -> None:
    who, gateway = await log_in(cache), await door(patience=10.0)
    async with client_of(gateway) as client:
        assert (await client.get("/api/v1/submissions", headers=who)).status_code == 200
        await service.stop()
        waiting = [
            asyncio.create_task(client.post("/api/v1/submissions", json={}, headers=who)),
            asyncio.create_task(client.get("/api/v1/submissions", headers=who)),
        ]
        await asyncio.sleep(0)
        await service.start(service.port)

        assert [answer.status_code for answer in await asyncio.gather(*waiting)] == [200, 200]


async def test_what_may_be_repeated_survives_a_connection_that_breaks(
    client: httpx.AsyncClient, service: FakeService, cache: Redis
) -> None:
    broken: list[bool] = []
    who = await log_in(cache)

    async def once(request: web.Request) -> web.Response:
        body = await request.read()
        if not broken:
            broken.append(True)
            assert request.transport is not None
            request.transport.abort()
        return web.json_response({"body": body.decode()})

    path = "/profiles/dezhou-talent-pool/sections/basic"
    service.handlers["PUT", path] = once
    answer = await client.put(f"/api/v1{path}", json={"name": "张伟"}, headers=who)
    assert (answer.status_code, json.loads(answer.json()["body"])) == (200, {"name": "张伟"})

    service.handlers["POST", "/submissions"] = once
    broken.clear()
    answer = await client.post("/api/v1/submissions", json={}, headers={**who, "Idempotency-Key": "k"})
    assert answer.status_code == 200

    broken.clear()
    answer = await client.post("/api/v1/submissions", json={}, headers=who)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")


async def test_a_head_request_is_a_get_without_its_body(
    client: httpx.AsyncClient, service: FakeService, cache: Redis
) -> None:
    answer = await client.head("/api/v1/programmes")

    assert (answer.status_code, answer.content, service.heard[0].method) == (200, b"", "GET")


async def test_a_service_without_a_retry_after_gets_one(client: httpx.AsyncClient, service: FakeService) -> None:
    service.answers["GET", "/programmes"] = (503, {"code": "temporarily_unavailable"})

    answer = await client.get("/api/v1/programmes")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")


async def test_a_slow_body_is_given_up(door: MakeDoor, cache: Redis) -> None:
    who, gateway = await log_in(cache), await door(body_timeout=0.05)
    async with listening(gateway) as address:
        host, _, port = address.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(
            b"POST /api/v1/submissions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Authorization: " + who["Authorization"].encode() + b"\r\nContent-Length: 10\r\n\r\n{"
        )
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        writer.close()

    assert head.startswith(b"HTTP/1.1 408 ")
