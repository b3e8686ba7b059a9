"""The way in and out, and passwords by letter."""

import re

import httpx
import pytest
from redis.asyncio import Redis

from tests.services.gateway.conftest import MakeDoor, client_of
from tests.services.gateway.doubles import CSRF, TOKEN, FakeService, log_in
from tests.services.gateway.samples import ANSWERS, CAPTCHA, RECORD, REFUSED

COOKIE = {"Cookie": f"juxian={TOKEN}", "Origin": "http://localhost:8000"}


@pytest.mark.parametrize(
    "where", ["//evil.example", "https://evil.example", "/\\evil", "javascript:alert(1)", "/a\nb", ""]
)
async def test_a_login_leads_nowhere_else(portal: httpx.AsyncClient, where: str) -> None:
    page = await portal.get("/login", params={"next": where})

    assert 'name="next" value="/"' in page.text


async def test_a_login_puts_the_session_into_a_cookie(portal: httpx.AsyncClient, service: FakeService) -> None:
    service.answers["POST", "/sessions"] = (201, {"access_token": "fresh", "must_change_password": False})
    form = {"username": "zhang.wei", "password": "p", "captcha_id": RECORD, "captcha_text": "1234", "next": "/password"}

    answer = await portal.post("/login", data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/password")
    assert answer.headers["set-cookie"] == "juxian=fresh; Path=/; HttpOnly; SameSite=Lax"


async def test_who_must_change_the_password_is_sent_there(portal: httpx.AsyncClient, service: FakeService) -> None:
    service.answers["POST", "/sessions"] = (201, {"access_token": "fresh", "must_change_password": True})

    answer = await portal.post("/login", data={"username": "zhao.lei", "password": "p", "next": "/"})

    assert answer.headers["location"] == "/password"


async def test_a_failed_login_keeps_the_name_and_says_why(portal: httpx.AsyncClient) -> None:
    answer = await portal.post("/login", data={"username": '"><script>', "password": "wrong"})

    assert answer.status_code == 401
    assert REFUSED["detail"] in answer.text
    assert "<title>错误：登录" in answer.text
    assert 'value="&#34;&gt;&lt;script&gt;"' in answer.text
    assert "wrong" not in re.sub(r'class="[^"]*"', "", answer.text)
    assert "set-cookie" not in answer.headers


async def test_an_error_stands_at_its_field(portal: httpx.AsyncClient, service: FakeService) -> None:
    errors = [{"field": "captcha_text", "code": "captcha_wrong", "message": "验证码不正确。"}]
    service.answers["POST", "/sessions"] = (422, {"code": "captcha_wrong", "detail": "有误", "errors": errors})

    page = (await portal.post("/login", data={"username": "zhang.wei", "password": "p"})).text

    assert '<a href="#captcha_text">验证码不正确。</a>' in page
    assert '<p class="field-error" id="captcha_text-error">验证码不正确。</p>' in page


async def test_a_captcha_can_be_seen_and_heard(portal: httpx.AsyncClient) -> None:
    page = await portal.get("/login")

    assert f'value="{RECORD}"' in page.text
    assert page.headers["content-security-policy"].endswith("media-src 'self'")
    image = await portal.get(f"/captchas/{RECORD}/image")
    audio = await portal.get(f"/captchas/{RECORD}/audio")
    assert (image.headers["content-type"], audio.headers["content-type"]) == ("image/png", "audio/wav")
    assert (await portal.get("/captchas/other/image")).status_code == 404


async def test_without_redis_a_captcha_stands_in_the_page(
    portal: httpx.AsyncClient, cache: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_args: object, **_kwargs: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "set", away)
    monkeypatch.setattr(cache, "ping", away)

    page = await portal.get("/login")

    assert CAPTCHA["image"] in page.text
    assert "img-src 'self' data:" in page.headers["content-security-policy"]


async def test_no_captcha_is_shown_where_none_is_wanted(door: MakeDoor, service: FakeService) -> None:
    service.answers |= ANSWERS
    async with client_of(await door(captcha=False)) as client:
        assert "captcha" not in (await client.get("/login")).text


async def test_a_logout_takes_the_cookie_back(portal: httpx.AsyncClient, cache: Redis, service: FakeService) -> None:
    await log_in(cache)
    assert (await portal.post("/logout", headers=COOKIE)).status_code == 403

    answer = await portal.post("/logout", headers=COOKIE, data={"csrf_token": CSRF})

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert service.heard[-1].target == "/sessions/current"


async def test_a_link_sets_a_new_password(portal: httpx.AsyncClient, service: FakeService) -> None:
    page = await portal.get("/reset/t0ken")
    assert (page.status_code, page.headers["referrer-policy"]) == (200, "no-referrer")
    form = {"new_password": "Lubei-2026-xin", "new_password_again": "Lubei-2026-xin"}

    answer = await portal.post("/reset/t0ken", data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/reset/done")
    assert service.heard[-1].body == b'{"new_password":"Lubei-2026-xin"}'
    assert "密码已重设" in (await portal.get("/reset/done")).text


async def test_two_passwords_that_differ_are_not_sent(portal: httpx.AsyncClient, service: FakeService) -> None:
    answer = await portal.post("/reset/t0ken", data={"new_password": "one", "new_password_again": "two"})

    assert (answer.status_code, service.heard) == (422, [])
    assert answer.text.count("两次输入的新密码不一致。") == 2


async def test_a_weak_password_is_told_in_words(portal: httpx.AsyncClient, service: FakeService) -> None:
    errors = [{"field": "new_password", "code": "too_short", "message": "密码至少 8 个字符。"}]
    service.answers["POST", "/password-resets/t0ken"] = (422, {"detail": "有误", "errors": errors})

    answer = await portal.post("/reset/t0ken", data={"new_password": "a", "new_password_again": "a"})

    assert answer.status_code == 422
    assert "密码至少 8 个字符。" in answer.text


@pytest.mark.parametrize("status", [410, 404])
async def test_a_dead_link_says_so(portal: httpx.AsyncClient, service: FakeService, status: int) -> None:
    service.answers["POST", "/password-resets/t0ken"] = (status, {"code": "reset_link_dead", "detail": ""})

    answer = await portal.post("/reset/t0ken", data={"new_password": "a", "new_password_again": "a"})

    assert answer.status_code == 410
    assert "链接已失效" in answer.text
    assert 'href="/forgot"' in answer.text


async def test_a_link_is_asked_for(portal: httpx.AsyncClient, service: FakeService) -> None:
    form = {"username": "zhang.wei", "email": "zhang.wei@demo.juxian.test", "captcha_id": RECORD, "captcha_text": "1"}

    answer = await portal.post("/forgot", data=form)

    assert (answer.status_code, "请查收邮件" in answer.text) == (200, True)
    service.answers["POST", "/password-resets"] = (
        422, {"code": "account_email_mismatch", "detail": "填写的帐号和邮箱不匹配，请核查后重试"},
    )  # fmt: skip
    answer = await portal.post("/forgot", data=form)
    assert (answer.status_code, "填写的帐号和邮箱不匹配，请核查后重试" in answer.text) == (422, True)


async def test_an_address_is_confirmed_by_a_button(portal: httpx.AsyncClient, service: FakeService) -> None:
    await portal.get("/email-confirmations/t0ken")
    assert service.heard == []

    assert "邮箱已确认" in (await portal.post("/email-confirmations/t0ken", data={})).text
    service.answers["POST", "/me/email-confirmations/t0ken"] = (410, {"code": "gone"})
    assert (await portal.post("/email-confirmations/t0ken", data={})).status_code == 410


async def test_a_password_is_changed(portal: httpx.AsyncClient, cache: Redis, service: FakeService) -> None:
    await log_in(cache, must_change_password=True)
    assert (await portal.get(f"/submissions/{RECORD}", headers=COOKIE)).headers["location"] == "/password"
    form = {"current_password": "old", "new_password": "new", "new_password_again": "new", "csrf_token": CSRF}

    answer = await portal.post("/password", headers=COOKIE, data=form)

    assert (answer.status_code, "密码已修改" in answer.text) == (200, True)
    assert service.heard[-1].body == b'{"current_password":"old","new_password":"new"}'
