"""Readiness, the public document and its page, the clock of a test installation, and the table of routes."""

from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from redis.asyncio import Redis

from services.gateway.actions.readiness import QUEUES
from services.gateway.api import MAILBOX, ROUTES
from services.gateway.rules.openapi import REFERENCE
from tests.services.gateway.conftest import MakeDoor, client_of
from tests.services.gateway.doubles import FakeService

SERVICES = ("auth", "profile", "review", "notify")


def public(service: str) -> dict[tuple[str, str], str]:
    """What a service offers to the door: method and path → the function's name."""
    app: FastAPI = import_module(f"services.{service}.app").build()
    return {
        (method.upper(), path): operation["operationId"]
        for path, operations in app.openapi()["paths"].items()
        for method, operation in operations.items()
        if not path.startswith("/internal/")
    }


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("service", SERVICES)
def test_the_table_is_what_the_services_offer(service: str) -> None:
    table = {(r.method, r.path): r.operation for r in (*ROUTES, MAILBOX) if r.service == service}

    assert table == public(service)


def test_every_route_that_changes_something_is_counted_as_such() -> None:
    assert [r for r in ROUTES if r.method != "GET" and r.bucket == "read"] == []
    reads = [r for r in ROUTES if r.method == "GET"]
    assert {r.operation: r.bucket for r in reads if r.bucket != "read"} == {"verify_number": "verification"}
    assert [r for r in reads if r.body != "none"] == []


def test_only_a_few_calls_need_nobody_logged_in() -> None:
    assert {r.operation for r in ROUTES if r.guard == "public"} == {
        "make_captcha", "register", "log_in", "confirm_email", "ask_reset", "set_password", "organizations",
        "programmes", "programme", "announcements", "announcement", "announcement_attachment",
        "experts", "expert", "expert_card", "expert_photo", "verify_number", "signing_keys",
        "ask_passkey_login", "log_in_by_passkey",
    }  # fmt: skip


def test_the_guard_follows_the_path() -> None:
    for route in ROUTES:
        if route.path.startswith("/admin/"):
            assert route.guard == "administrator", route
        if route.path.startswith("/review/"):
            shared = route.operation in {"get_statistics", "export_statistics"}
            assert route.guard == ("staff" if shared else "reviewer"), route


async def breathe(cache: Redis) -> None:
    """Let a worker of each queue show its pulse."""
    for queue in QUEUES:
        await cache.set(f"alive:queue:{queue}:node-1", "1", ex=30)


async def test_ready_is_when_every_part_is(client: httpx.AsyncClient, cache: Redis) -> None:
    await breathe(cache)

    answer = await client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["parts"] == [
        {"part": part, "ready": True, "detail": ""}
        for part in (*SERVICES, "redis", *(f"queue:{queue}" for queue in QUEUES))
    ]


async def test_what_is_not_ready_is_named(client: httpx.AsyncClient, service: FakeService, cache: Redis) -> None:
    await breathe(cache)
    await cache.delete("alive:queue:profile.scans:node-1")

    answer = await client.get("/readyz", headers={"Accept-Language": "en"})

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert [part for part in answer.json()["parts"] if not part["ready"]] == [
        {"part": "queue:profile.scans", "ready": False, "detail": "No worker has answered in the last 30 seconds."}
    ]


async def test_services_that_are_not_ready_or_away_are_named(
    client: httpx.AsyncClient, service: FakeService, cache: Redis
) -> None:
    await breathe(cache)
    service.answers["GET", "/readyz"] = (503, {"ready": False})
    unready = [part["part"] for part in (await client.get("/readyz")).json()["parts"] if not part["ready"]]
    await service.stop()
    away = [part["part"] for part in (await client.get("/readyz")).json()["parts"] if not part["ready"]]

    assert (unready, away) == (list(SERVICES), list(SERVICES))
    assert (await client.get("/healthz")).json() == {"status": "alive"}


async def test_a_demo_world_is_waited_for(door: MakeDoor, cache: Redis, tmp_path: Path) -> None:
    await breathe(cache)
    async with client_of(await door(demo=True)) as client:
        before = await client.get("/readyz")
        (tmp_path / "demo.done").touch()
        after = await client.get("/readyz")

    assert (before.status_code, after.status_code) == (503, 200)
    assert before.json()["parts"][-1] == {"part": "demo", "ready": False, "detail": "演示数据正在准备。"}


async def test_the_document_is_merged_from_the_services_own(
    client: httpx.AsyncClient, service: FakeService, installed: object
) -> None:
    documents: dict[str, Any] = {name: import_module(f"services.{name}.app").build().openapi() for name in SERVICES}
    told = iter(documents.values())

    from aiohttp import web

    async def tell(_request: web.Request) -> web.Response:
        return web.json_response(next(told))

    service.handlers["GET", "/openapi.json"] = tell

    document = (await client.get("/api/v1/openapi.json")).json()
    again = (await client.get("/api/v1/openapi.json")).json()

    assert again == document
    operations = {(m.upper(), p): o for p, ms in document["paths"].items() for m, o in ms.items()}
    assert operations.keys() == {(route.method, "/api/v1" + route.path) for route in ROUTES}
    assert all(operation.get("summary") for operation in operations.values())
    assert len({operation["operationId"] for operation in operations.values()}) == len(ROUTES)
    assert not any("internal" in path for path in document["paths"])
    schemas = document["components"]["schemas"]
    assert references(document) == schemas.keys()


def references(value: object) -> set[str]:
    """The components that a document speaks of."""
    if isinstance(value, dict):
        return set().union(*(references(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(references(inner) for inner in value))
    if isinstance(value, str) and value.startswith(REFERENCE):
        return {value.removeprefix(REFERENCE)}
    return set()


async def test_without_a_service_the_document_is_not_half_told(client: httpx.AsyncClient, service: FakeService) -> None:
    service.answers["GET", "/openapi.json"] = (500, {})

    assert (await client.get("/api/v1/openapi.json")).status_code == 503


async def test_the_documentation_reaches_for_nothing_outside(client: httpx.AsyncClient) -> None:
    page = await client.get("/api/v1/docs")

    assert "https://" not in page.text
    assert "http://" not in page.text
    assert "<script>" not in page.text
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "start.js"):
        assert f"/api/v1/docs/{name}" in page.text
        assert (await client.get(f"/api/v1/docs/{name}")).status_code == 200
    assert (await client.get("/api/v1/docs/other.js")).status_code == 404


@pytest.fixture
async def adjustable(door: MakeDoor) -> httpx.AsyncClient:
    """A test installation whose clock can be moved."""
    return client_of(await door(clock="adjustable"))


async def test_the_clock_is_moved_in_every_service(
    adjustable: httpx.AsyncClient, service: FakeService, cache: Redis
) -> None:
    service.answers["POST", "/internal/clock"] = (204, None)
    await cache.set("session:x", "{}")

    answer = await adjustable.post("/dev/clock", json={"advance_seconds": 3600})

    assert answer.status_code == 204
    assert [heard.body for heard in service.heard] == [b'{"advance_seconds":3600}'] * 4
    assert await cache.get("session:x") is None


@pytest.mark.parametrize(
    "body",
    [
        {}, {"advance_seconds": "1"}, {"advance_seconds": True}, {"advance_seconds": 1e12}, [], 1,
        {"advance_seconds": 1, "more": 1},
    ],
)  # fmt: skip
async def test_a_clock_is_moved_by_seconds_alone(
    adjustable: httpx.AsyncClient, service: FakeService, body: object
) -> None:
    answer = await adjustable.post("/dev/clock", json=body)

    assert (answer.status_code, service.heard) == (422, [])


async def test_no_other_site_moves_the_clock(adjustable: httpx.AsyncClient, service: FakeService) -> None:
    assert (await adjustable.post("/dev/clock", content=b"{}")).status_code == 415
    foreign = {"Origin": "https://evil.example"}
    assert (await adjustable.post("/dev/clock", json={"advance_seconds": 1}, headers=foreign)).status_code == 403
    broken = {"Content-Type": "application/json"}
    assert (await adjustable.post("/dev/clock", content=b"{", headers=broken)).status_code == 422
    assert service.heard == []


async def test_a_service_whose_clock_stands_still_is_named(adjustable: httpx.AsyncClient, service: FakeService) -> None:
    service.answers["POST", "/internal/clock"] = (403, {})

    assert (await adjustable.post("/dev/clock", json={"advance_seconds": 1})).status_code == 503
