"""What a form held when its session was over: it goes through the login and comes out again."""

import asyncio

import httpx
import pytest
from redis.asyncio import Redis

from tests.services.gateway.doubles import CSRF, TOKEN, FakeService, log_in, session

GOAL = "/profiles/dezhou-talent-pool/sections/education/entries/new"
HELD = {"carried_to": GOAL, "carried.school": '清华"大学', "carried.scan": "a"}


async def test_a_first_knock_shows_the_login_with_everything_that_was_typed(portal: httpx.AsyncClient) -> None:
    page = await portal.post("/login", data=HELD)

    assert page.status_code == 200
    assert f'name="carried_to" value="{GOAL}"' in page.text
    assert 'name="carried.school" value="清华&#34;大学"' in page.text


async def test_after_the_login_the_fields_go_on_their_way(portal: httpx.AsyncClient, service: FakeService) -> None:
    service.answers["POST", "/sessions"] = (201, {"access_token": "fresh", "must_change_password": False})
    service.answers["POST", "/internal/sessions/resolve"] = (200, session(csrf="new-token"))

    page = await portal.post("/login", data={**HELD, "username": "zhang.wei", "password": "p"})

    assert page.status_code == 200
    assert page.headers["set-cookie"].startswith("juxian=fresh;")
    assert f'<form method="post" action="{GOAL}">' in page.text
    assert 'name="csrf_token" value="new-token"' in page.text
    assert 'name="school" value="清华&#34;大学"' in page.text


@pytest.mark.parametrize("goal", ["//evil.example/x", "https://evil.example", "/\\evil"])
async def test_fields_are_sent_to_nobody_else(portal: httpx.AsyncClient, service: FakeService, goal: str) -> None:
    service.answers["POST", "/sessions"] = (201, {"access_token": "fresh", "must_change_password": False})

    page = await portal.post("/login", data={**HELD, "carried_to": goal, "username": "zhang.wei", "password": "p"})

    assert page.status_code == 303
    assert "evil" not in page.headers["location"]


async def test_a_page_can_ask_whether_somebody_is_logged_in(portal: httpx.AsyncClient, cache: Redis) -> None:
    json = {"Accept": "application/json"}
    nobody = await portal.get("/session", headers=json)
    await log_in(cache)
    somebody = await portal.get("/session", headers={**json, "Cookie": f"juxian={TOKEN}"})

    assert nobody.json() == {"known": False}
    assert {name: somebody.json()[name] for name in ("known", "csrf")} == {"known": True, "csrf": CSRF}


@pytest.mark.parametrize(
    "form", [{"data": {"school": "清华大学"}}, {"data": {"school": "清华大学"}, "files": {"upload.scan": b"x"}}]
)
async def test_what_was_typed_is_shown_to_who_is_no_longer_logged_in(
    portal: httpx.AsyncClient, form: dict[str, object]
) -> None:
    page = await portal.post(GOAL, **form)  # type: ignore[arg-type]  # words of one call

    assert page.status_code == 401
    assert f'name="carried_to" value="{GOAL}"' in page.text
    assert 'name="carried.school" value="清华大学"' in page.text


@pytest.mark.parametrize("path", ["/profiles/dezhou-talent-pool/withdrawal", "/account/email", "/review/batch"])
async def test_a_form_without_a_field_is_not_waited_for(portal: httpx.AsyncClient, path: str) -> None:
    async with asyncio.timeout(10):
        page = await portal.post(path)

    assert page.status_code == 401
