"""Every call between services, made by every other service, by every role and by nobody: only the named peer may."""

import re
from uuid import UUID

import pytest

from shared.contracts.identity import Caller, ServiceName
from tests.conftest import ClientOf
from tests.house.apps import document_of
from tests.house.test_roles import ROLES, SERVICES, SOMETHING, WORDS

PEERS: dict[tuple[ServiceName, str, str], ServiceName] = {
    ("auth", "POST", "/internal/sessions/resolve"): "gateway",
    ("auth", "GET", "/internal/accounts/{account_id}/origin"): "profile",
    ("auth", "GET", "/internal/accounts/{account_id}/everything"): "profile",
    ("profile", "POST", "/internal/seals"): "review",
    ("profile", "GET", "/internal/submissions/{submission_id}/versions/{version}"): "review",
    ("profile", "GET", "/internal/submissions/{submission_id}/versions/{version}/duplicates"): "review",
    ("profile", "GET", "/internal/change-requests/{change_request_id}"): "review",
    ("profile", "GET", "/internal/accounts/{account_id}/statuses"): "auth",
    ("review", "POST", "/internal/seals/unanswered"): "profile",
    ("review", "GET", "/internal/accounts/{account_id}/everything"): "profile",
    ("notify", "GET", "/internal/accounts/{account_id}/everything"): "profile",
}
"""Who may ask what of whom: law 10, the first data of a profile, everything of oneself."""
ACTORS: tuple[ServiceName, ...] = ("gateway", *SERVICES)


@pytest.mark.usefixtures("installed")
def test_every_call_between_services_has_its_line() -> None:
    found = {
        (name, method.upper(), path)
        for name in SERVICES
        for path, operations in document_of(name)["paths"].items()
        for method in operations
        if path.startswith("/internal")
    }

    assert found == set(PEERS)


@pytest.mark.parametrize("name", SERVICES)
async def test_the_named_peer_gets_in_and_nobody_else(name: ServiceName, client_of: ClientOf) -> None:
    app = await client_of(name)
    wrong = []
    for (service, method, path), peer in PEERS.items():
        if service != name:
            continue
        address = re.sub(r"\{(\w+)\}", lambda place: {**WORDS, "version": "1"}.get(place[1], SOMETHING), path)
        people = [Caller(actor="gateway", account_id=UUID(int=1), roles=frozenset({role})) for role in ROLES]  # type: ignore[arg-type]  # the four
        callers = [*(Caller(actor=actor) for actor in ACTORS), *(people if peer != "gateway" else ())]
        for caller in callers:
            body: dict[str, object] | None = {} if method == "POST" else None
            status = (await app.request(method, address, headers=app.as_caller(caller), json=body)).status_code
            if (status == 403) is (caller.actor == peer):
                wrong.append((method, path, caller.actor, status))
        if (await app.request(method, address, headers={})).status_code != 401:
            wrong.append((method, path, "gateway", 401))

    assert wrong == []
