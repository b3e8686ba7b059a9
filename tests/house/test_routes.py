"""Every route has a guard: no service answers without a signed identity, and the gateway serves what they offer."""

from collections.abc import Iterator

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from shared.kit.web import given
from tests.conftest import ClientOf
from tests.house.apps import app_of, document_of

SERVICES = ("auth", "profile", "review", "notify")
OPEN = {"/healthz", "/readyz", "/metrics", "/openapi.json"}


def routes(service: str) -> list[APIRoute]:
    """The routes of a service, without those of operations; FastAPI keeps them inside the routers it included."""
    found = [
        route
        for part in app_of(service).routes
        for route in getattr(getattr(part, "original_router", None), "routes", [part])
    ]
    return [route for route in found if isinstance(route, APIRoute) and route.path not in OPEN]


def calls(dependant: Dependant) -> Iterator[object]:
    """Everything that a route depends on."""
    for inner in dependant.dependencies:
        yield inner.call
        yield from calls(inner)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("service", SERVICES)
def test_the_routes_that_are_looked_at_are_those_that_are_published(service: str) -> None:
    published = set(document_of(service)["paths"])

    assert published - {route.path for route in routes(service)} == set()
    assert len(published) > 5


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("service", SERVICES)
def test_every_route_asks_who_calls(service: str) -> None:
    unguarded = [route.path for route in routes(service) if given._caller not in set(calls(route.dependant))]

    assert unguarded == []


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("service", SERVICES)
def test_every_internal_route_is_for_named_services_alone(service: str) -> None:
    loose = [
        route.path
        for route in routes(service)
        if route.path.startswith("/internal/")
        and not any(getattr(call, "__qualname__", "").startswith("PeerDep") for call in calls(route.dependant))
    ]

    assert loose == []


@pytest.mark.parametrize("service", SERVICES)
async def test_without_a_signature_nobody_gets_in(service: str, client_of: ClientOf) -> None:
    client = await client_of(service)  # type: ignore[arg-type]  # one of the five
    let_in = []
    for route in routes(service):
        for method in route.methods or ():
            path = route.path.replace("{", "").replace("}", "")
            answer = await client.request(method, path, headers={"X-User-Id": "1", "Authorization": "Bearer forged"})
            if answer.status_code != 401:
                let_in.append((method, route.path, answer.status_code))

    assert let_in == []
