"""Every call of the published document, made by every role and by nobody: let in, or refused as its guard says."""

import copy
import re
from typing import Any
from uuid import UUID

import httpx
import pytest
from redis.asyncio import Redis

from services.auth.actions.demo import DemoAccount, open_demo_account
from services.gateway.api.routes import ROUTES
from services.gateway.rules.openapi import merge
from services.gateway.rules.routes import API, Route
from shared.contracts.identity import Caller, ServiceName
from tests.conftest import Client, ClientOf
from tests.house.apps import document_of
from tests.services.gateway.conftest import cache, client, door, gateway, service
from tests.services.gateway.doubles import FakeService, log_in

__all__ = ["cache", "client", "door", "gateway", "service"]
SERVICES: tuple[ServiceName, ...] = ("auth", "profile", "review", "notify")
ROLES = ("applicant", "reviewer", "administrator", "operator")
NOBODY = "nobody"
LET_IN = {
    "public": {NOBODY, *ROLES},
    "person": set(ROLES),
    "reviewer": {"reviewer"},
    "staff": {"reviewer", "administrator"},
    "administrator": {"administrator"},
}
REFUSALS = {"reviewer": "reviewers_only", "staff": "reviewers_only", "administrator": "administrators_only"}
SOMETHING = "019a0000-0000-7000-8000-00000000dead"
OFFICE = UUID("019a0000-0000-7000-8000-0000000000cc")
WORDS = {"programme": "dezhou-talent-pool", "section": "basic", "page": "1", "token": "x"}


def path_of(route: Route) -> str:
    """The route's path with something in each place."""
    return re.sub(r"\{(\w+)\}", lambda place: WORDS.get(place[1], SOMETHING), route.path)


@pytest.mark.usefixtures("installed")
def test_every_call_of_the_document_has_its_line_and_every_line_its_call() -> None:
    documents: dict[str, Any] = {name: copy.deepcopy(document_of(name)) for name in SERVICES}
    published = merge(ROUTES, documents)["paths"]
    offered = {
        (method.upper(), path)
        for name in SERVICES
        for path, operations in documents[name]["paths"].items()
        for method in operations
        if not path.startswith(("/internal", "/dev"))
    }

    lines = {(route.method, route.path) for route in ROUTES}
    shown = {(method.upper(), path) for path, operations in published.items() for method in operations}
    assert {(method, path.removeprefix(API)) for method, path in shown} == lines
    assert offered == lines


def test_what_administrators_and_reviewers_do_is_guarded_as_theirs() -> None:
    expected = {"admin": {"administrator"}, "review": {"reviewer", "staff"}}
    loose = {
        (route.method, route.path, route.guard)
        for route in ROUTES
        if route.guard not in expected.get(route.path.split("/")[1], {route.guard})
    }

    assert loose == set()


@pytest.mark.parametrize("who", [NOBODY, *ROLES])
async def test_the_door_lets_in_whom_the_guard_names_and_nobody_else(
    client: httpx.AsyncClient, cache: Redis, service: FakeService, who: str
) -> None:
    wrong = []
    for route in ROUTES:
        headers = await log_in(cache, who) if who != NOBODY else {}
        files = {"file": ("a", b"b")} if route.body == "upload" else None
        body: dict[str, object] | None = {} if route.body == "json" else None
        service.heard.clear()
        answer = await client.request(route.method, API + path_of(route), headers=headers, json=body, files=files)
        is_in = who in LET_IN[route.guard]
        told = (answer.status_code, None if is_in else answer.json()["code"], len(service.heard))
        refusal = (401, "not_logged_in", 0) if who == NOBODY else (403, REFUSALS.get(route.guard), 0)
        if told != ((200, None, 1) if is_in else refusal):
            wrong.append((route.method, route.path, told))

    assert wrong == []


@pytest.mark.parametrize("name", SERVICES)
async def test_services_refuse_by_themselves_whoever_has_no_right(name: ServiceName, client_of: ClientOf) -> None:
    app = await client_of(name)
    callers = await everybody(app)
    let_in = []
    for route in ROUTES:
        for who in {NOBODY, *ROLES} - LET_IN[route.guard] if route.service == name else ():
            body: dict[str, object] | None = {} if route.body == "json" else None
            answer = await app.request(route.method, path_of(route), headers=app.as_caller(callers.get(who)), json=body)
            if answer.status_code not in {401, 403, 404, 422}:
                let_in.append((who, route.method, route.path, answer.status_code))

    assert let_in == []


async def everybody(app: Client) -> dict[str, Caller]:
    """Somebody of each role, by the session's word; in auth, which reads roles itself, they have accounts."""
    callers: dict[str, Caller] = {}
    for number, role in enumerate(ROLES, 1):
        account_id = UUID(int=number)
        if app.service == "auth" and role != "reviewer":
            account = DemoAccount(
                username=role, name="陈静", email=f"{role}@demo.juxian.test", password="Qingfeng-2026", roles=(role,)
            )
            database = app._transport.app.state.database  # type: ignore[attr-defined]  # an ASGI transport has it
            account_id = await database.act(open_demo_account, account)
        roles = frozenset({role})
        callers[role] = Caller(actor="gateway", account_id=account_id, roles=roles)  # type: ignore[arg-type]  # the four
    return callers
