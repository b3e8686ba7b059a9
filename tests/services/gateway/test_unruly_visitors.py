"""Whatever a visitor sends to a page is answered by the door itself, in order, with the headers of the house."""

import httpx
import pytest

from services.gateway.actions import cookies
from services.gateway.app import Gateway
from services.gateway.portal import Portal
from services.gateway.rules.headers import POLICY
from services.gateway.settings import GatewaySettings
from tests.services.gateway.conftest import client_of
from tests.services.gateway.doubles import TOKEN

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MANY = "a&" * 2500


@pytest.mark.parametrize("path", ["/login", "/forgot", "/nothing"])
async def test_a_query_of_thousands_of_fields_is_refused(portal: httpx.AsyncClient, path: str) -> None:
    answer = await portal.get(f"{path}?{MANY}")

    assert (answer.status_code, answer.headers["content-security-policy"]) == (
        404 if path == "/nothing" else 413,
        POLICY,
    )


async def test_a_form_of_thousands_of_fields_is_refused(portal: httpx.AsyncClient) -> None:
    answer = await portal.post("/login", content=MANY, headers=FORM)

    assert (answer.status_code, answer.headers["content-security-policy"]) == (413, POLICY)


async def test_a_refusal_whose_page_cannot_be_drawn_is_told_all_the_same(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(*_given: object) -> None:
        raise LookupError("a template is gone")

    monkeypatch.setattr(Portal, "refuse", stumble)
    async with client_of(gateway) as client:
        answer = await client.get("/nothing")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "template" not in answer.text


@pytest.mark.parametrize("make", [cookies.session_cookie, cookies.device_cookie, cookies.language_cookie])
def test_over_tls_every_cookie_is_bound_to_the_host_and_out_of_scripts_reach(make: object) -> None:
    _name, value = make(GatewaySettings(base_url="https://juxian.example"), TOKEN)  # type: ignore[operator]  # three alike
    name, _, rest = value.decode().partition("=")

    assert name.startswith("__Host-juxian")
    assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= set(rest.split("; "))
    assert "Domain" not in rest
    assert len(value) < 4096
