"""Before a first password is changed, or a passkey that is asked for is added, nothing else works: route by route."""

import re
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from services.gateway.api.routes import ROUTES
from services.gateway.rules.routes import Route
from tests.services.gateway.doubles import FakeService, log_in

EVERYBODY = ("applicant", "reviewer", "administrator")
BEFORE_PASSWORD = {("GET", "/me"), ("POST", "/me/password"), ("DELETE", "/sessions/current")}
BEFORE_PASSKEY = BEFORE_PASSWORD | {
    ("GET", "/me/passkeys"), ("POST", "/me/passkeys/challenges"), ("POST", "/me/passkeys"),
    ("PATCH", "/me/passkeys/{passkey_id}"), ("DELETE", "/me/passkeys/{passkey_id}"),
}  # fmt: skip


async def knock(client: httpx.AsyncClient, route: Route, who: dict[str, str]) -> httpx.Response:
    """Call a route as the table describes it."""
    path = "/api/v1" + re.sub(r"\{\w+\}", "1", route.path)
    if route.body == "json":
        return await client.request(route.method, path, headers=who, json={})
    files = {"file": ("a", b"b")} if route.body == "upload" else None
    return await client.request(route.method, path, headers=who, files=files)


@pytest.mark.parametrize(
    ("state", "open_calls", "code"),
    [
        ({"must_change_password": True}, BEFORE_PASSWORD, "password_change_required"),
        ({"must_add_passkey": True}, BEFORE_PASSKEY, "passkey_required"),
    ],
    ids=["password", "passkey"],
)
async def test_nothing_works_before_but_what_leads_on(
    client: httpx.AsyncClient,
    cache: Redis,
    service: FakeService,
    state: dict[str, Any],
    open_calls: set[tuple[str, str]],
    code: str,
) -> None:
    answers = {}
    for route in ROUTES:
        who = await log_in(cache, *EVERYBODY, **state)
        answer = await knock(client, route, who)
        answers[route.method, route.path] = (answer.status_code, answer.json().get("code"))
    let_in = {call for call, (status, _code) in answers.items() if status == 200}
    refused = {call: told for call, told in answers.items() if call not in let_in}

    assert let_in == open_calls
    assert set(refused.values()) == {(403, code)}
    assert len(service.heard) == len(open_calls)


@pytest.mark.parametrize(
    ("path", "goal"),
    [("/account", None), ("/password", None), ("/help", None), ("/", "/account"), ("/welcome", "/account")],
)
async def test_pages_lead_to_the_passkey_that_is_asked_for(
    portal: httpx.AsyncClient, cache: Redis, path: str, goal: str | None
) -> None:
    token = (await log_in(cache, "administrator", must_add_passkey=True))["Authorization"].removeprefix("Bearer ")

    answer = await portal.get(path, headers={"Cookie": f"juxian={token}"})

    assert answer.headers.get("location") == goal
    assert 'data-badge="messages"' not in answer.text
