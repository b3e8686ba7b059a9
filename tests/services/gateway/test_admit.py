"""Who may come in: sessions, guards, first passwords, other sites."""

import hashlib

import httpx
import pytest
from redis.asyncio import Redis

from tests.services.gateway.conftest import MakeDoor, client_of
from tests.services.gateway.doubles import CSRF, TOKEN, FakeService, log_in, session

RESOLVE = ("POST", "/internal/sessions/resolve")
KEY = "session:" + hashlib.sha256(TOKEN.encode()).hexdigest()
BEARER = {"Authorization": f"Bearer {TOKEN}"}
COOKIE = {"Cookie": f"juxian={TOKEN}"}


async def test_a_session_that_the_cache_does_not_know_is_asked_of_auth(
    client: httpx.AsyncClient, service: FakeService
) -> None:
    service.answers[RESOLVE] = (200, session("applicant"))

    assert (await client.get("/api/v1/me", headers=BEARER)).status_code == 200
    assert service.callers("auth")[0].account_id is None
    assert service.heard[0].body == b'{"token_sha256":"' + KEY.removeprefix("session:").encode() + b'"}'


async def test_an_unknown_session_is_nobody(client: httpx.AsyncClient, service: FakeService) -> None:
    service.answers[RESOLVE] = (404, {"code": "not_found"})

    answer = await client.get("/api/v1/me", headers=BEARER)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_logged_in")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("marker", ['"dead"', "dead"])
async def test_a_logout_is_felt_at_once(
    client: httpx.AsyncClient, service: FakeService, cache: Redis, marker: str
) -> None:
    await log_in(cache)
    assert (await client.get("/api/v1/me", headers=BEARER)).status_code == 200

    await cache.set(KEY, marker)

    assert (await client.get("/api/v1/me", headers=BEARER)).status_code == 401
    assert [heard.target for heard in service.heard] == ["/me"]


async def test_an_entry_of_another_release_is_asked_of_auth(
    client: httpx.AsyncClient, service: FakeService, cache: Redis
) -> None:
    await cache.set(KEY, '{"who": "knows"}')
    service.answers[RESOLVE] = (200, session("applicant"))

    assert (await client.get("/api/v1/me", headers=BEARER)).status_code == 200


async def test_with_auth_away_nobody_is_mistaken_for_a_visitor(client: httpx.AsyncClient, service: FakeService) -> None:
    service.answers[RESOLVE] = (503, {})

    assert (await client.get("/api/v1/programmes", headers=BEARER)).status_code == 503


@pytest.mark.parametrize(
    "given", ["Basic enhhbmc6MTIz", "Bearer", "Bearer ", "bearer", "Token x", "", "Bearer " + "x" * 600]
)
async def test_what_is_no_token_is_nobody(client: httpx.AsyncClient, service: FakeService, given: str) -> None:
    answer = await client.get("/api/v1/me", headers={"Authorization": given})

    assert (answer.status_code, service.heard) == (401, [])


async def test_a_cookie_is_as_good_as_a_token(client: httpx.AsyncClient, cache: Redis) -> None:
    await log_in(cache)

    assert (await client.get("/api/v1/me", headers=COOKIE)).status_code == 200


@pytest.mark.parametrize(
    ("path", "roles", "status", "code"),
    [
        ("/review/cases", (), 401, "not_logged_in"),
        ("/review/cases", ("applicant",), 403, "reviewers_only"),
        ("/review/cases", ("reviewer",), 200, None),
        ("/admin/organizations", ("reviewer",), 403, "administrators_only"),
        ("/admin/organizations", ("administrator",), 200, None),
        ("/review/statistics", (), 401, "not_logged_in"),
        ("/review/statistics", ("applicant",), 403, "reviewers_only"),
        ("/review/statistics", ("reviewer",), 200, None),
        ("/review/statistics", ("administrator",), 200, None),
        ("/submissions", ("reviewer",), 200, None),
        ("/programmes", (), 200, None),
    ],
)
async def test_a_guard_lets_in_whom_it_knows(
    client: httpx.AsyncClient, cache: Redis, path: str, roles: tuple[str, ...], status: int, code: str | None
) -> None:
    who = await log_in(cache, *roles) if roles else {}

    answer = await client.get(f"/api/v1{path}", headers=who)

    assert (answer.status_code, answer.json().get("code")) == (status, code)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/me", 200),
        ("POST", "/me/password", 200),
        ("DELETE", "/sessions/current", 200),
        ("PATCH", "/me", 403),
        ("GET", "/submissions", 403),
        ("GET", "/programmes", 403),
    ],
)
async def test_a_first_password_must_be_changed_before_anything_else(
    client: httpx.AsyncClient, cache: Redis, method: str, path: str, status: int
) -> None:
    who = await log_in(cache, must_change_password=True)

    answer = await client.request(method, f"/api/v1{path}", headers=who, json={} if method != "GET" else None)

    assert answer.status_code == status
    assert status == 200 or answer.json()["code"] == "password_change_required"


OWN = {"Origin": "http://localhost:8000"}
FOREIGN = {"Origin": "https://evil.example"}
HEADER = {"X-CSRF-Token": CSRF}


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        (COOKIE | OWN | HEADER, None),
        (COOKIE | {"Sec-Fetch-Site": "same-origin"} | HEADER, None),
        (COOKIE | OWN, "csrf_failed"),
        (COOKIE | OWN | {"X-CSRF-Token": "of-another"}, "csrf_failed"),
        (COOKIE | HEADER, "csrf_failed"),
        (COOKIE | FOREIGN | HEADER, "cross_site"),
        (COOKIE | {"Origin": "null"} | HEADER, "cross_site"),
        (COOKIE | OWN | {"Sec-Fetch-Site": "cross-site"} | HEADER, "cross_site"),
        (COOKIE | {"Sec-Fetch-Site": "same-site"} | HEADER, "cross_site"),
        (COOKIE | {"Sec-Fetch-Site": "none"} | HEADER, "cross_site"),
        (COOKIE | BEARER, "csrf_failed"),
        (COOKIE | BEARER | OWN | HEADER, None),
        (BEARER, None),
        (BEARER | FOREIGN, None),
        (FOREIGN, "cross_site"),
        ({}, "not_logged_in"),
    ],
)
async def test_another_site_cannot_act_for_a_visitor(
    client: httpx.AsyncClient, cache: Redis, service: FakeService, headers: dict[str, str], code: str | None
) -> None:
    await log_in(cache)

    answer = await client.post("/api/v1/submissions", json={}, headers=headers)

    assert answer.json().get("code") == code
    assert len(service.heard) == (code is None)


async def test_reading_needs_no_token_of_the_page(client: httpx.AsyncClient, cache: Redis) -> None:
    await log_in(cache)

    answer = await client.get("/api/v1/me", headers=COOKIE | {"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 200


async def test_a_stale_cookie_does_not_keep_anyone_from_logging_in(
    client: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await cache.set(KEY, "dead")

    answer = await client.post("/api/v1/sessions", json={"username": "zhang.wei"}, headers=COOKIE)

    assert answer.status_code == 200


async def test_a_logout_by_the_api_takes_the_cookie_back(
    client: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    who = await log_in(cache)
    service.answers["DELETE", "/sessions/current"] = (204, None)

    answer = await client.delete("/api/v1/sessions/current", headers=who)

    assert answer.status_code == 204
    assert answer.headers["set-cookie"] == "juxian=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'


async def test_the_mark_of_a_device_lives_in_a_cookie(client: httpx.AsyncClient, service: FakeService) -> None:
    from aiohttp import web

    async def remember(request: web.Request) -> web.Response:
        return web.json_response({}, headers={"Juxian-Device": request.headers["juxian-device"] + "2"})

    service.handlers["POST", "/sessions"] = remember
    headers = {"Cookie": "juxian-device=mark1", "Juxian-Device": "forged"}

    answer = await client.post("/api/v1/sessions", json={}, headers=headers)

    assert answer.headers["set-cookie"] == ("juxian-device=mark12; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000")
    assert "juxian-device" not in answer.headers


async def test_over_tls_the_cookie_is_bound_to_the_host(door: MakeDoor, cache: Redis, service: FakeService) -> None:
    await log_in(cache)
    service.answers["DELETE", "/sessions/current"] = (204, None)
    gateway = await door(base_url="https://juxian.example")
    own = {"Origin": "https://juxian.example"} | HEADER
    async with client_of(gateway, "https://juxian.example") as client:
        assert (await client.get("/api/v1/me", headers=COOKIE)).status_code == 401

        cookie = {"Cookie": f"__Host-juxian={TOKEN}"}
        answer = await client.delete("/api/v1/sessions/current", headers=cookie | own)

    assert answer.headers["set-cookie"] == "__Host-juxian=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0"
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
