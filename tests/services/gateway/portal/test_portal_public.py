"""The public pages and the way in, before services that are doubles."""

import httpx
import pytest
from redis.asyncio import Redis

from services.gateway.portal.public.start import papers
from tests.services.gateway.doubles import TOKEN, FakeService, log_in
from tests.services.gateway.samples import PROGRAMME, RECORD

COOKIE = {"Cookie": f"juxian={TOKEN}", "Origin": "http://localhost:8000"}
FORM = {
    "programme": "dezhou-talent-pool",
    "username": "sun.li",
    "password": "p",
    "password_confirm": "p",
    "name": "孙丽",
}
NEWS: dict[str, object] = {
    "announcement_id": RECORD, "title": "申报通知", "summary": "请在 12 月 10 日前提交", "programme": None,
    "category": "notice", "audience": "everybody", "pinned": True, "published_at": "2026-11-20T08:00:00Z",
    "attachments": [], "unread": None,
}  # fmt: skip


@pytest.mark.parametrize("path", ["/register", "/help", "/terms", "/privacy", "/programmes/dezhou-talent-pool"])
async def test_a_public_page_is_drawn_in_both_languages(portal: httpx.AsyncClient, path: str) -> None:
    chinese, english = await portal.get(path), await portal.get(f"{path}?lang=en")

    assert (chinese.status_code, english.status_code) == (200, 200)
    assert '<html lang="zh-CN">' in chinese.text
    assert '<html lang="en">' in english.text


async def test_the_start_page_does_without_announcements(portal: httpx.AsyncClient, service: FakeService) -> None:
    service.answers["GET", "/announcements"] = (503, {})
    page = await portal.get("/")
    assert (page.status_code, "目前没有公告" in page.text, "0531-55575449" in page.text) == (200, True, True)

    service.answers["GET", "/announcements"] = (200, {"items": [NEWS], "next_cursor": None, "unread": None})
    assert f'href="/announcements/{RECORD}"' in (await portal.get("/")).text


async def test_an_announcement_is_shown_as_notify_has_cleaned_it(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    read = NEWS | {"title": "<b>通知</b>", "body": "**请**", "html": "<p><strong>请</strong></p>"}
    service.answers["GET", f"/announcements/{RECORD}"] = (200, read)

    page = (await portal.get(f"/announcements/{RECORD}")).text

    assert "<p><strong>请</strong></p>" in page
    assert "&lt;b&gt;通知&lt;/b&gt;" in page
    service.answers["GET", f"/announcements/{RECORD}"] = (404, {})
    assert (await portal.get(f"/announcements/{RECORD}")).status_code == 404


def test_papers_name_what_must_be_there_first() -> None:
    scan = {"field": "scan", "type": "scans", "title": "证明"}
    plain = {"field": "name", "type": "text", "title": "姓名"}
    sections = [
        {"title": "奖励", "repeated": True, "minimum": 0, "fields": [scan]},
        {"title": "业绩", "repeated": True, "minimum": 0, "fields": [plain]},
        {"title": "教育", "repeated": True, "minimum": 1, "fields": [plain, scan]},
    ]

    assert [(paper["title"], paper["fields"], paper["required"]) for paper in papers({"sections": sections})] == [
        ("教育", ["证明"], True),
        ("奖励", ["证明"], False),
    ]


@pytest.mark.parametrize(("ticked", "told"), [({}, False), ({"accept_terms": "true"}, False), (
    {"accept_terms": "true", "accept_sensitive": "true"}, True)])  # fmt: skip
async def test_nothing_is_opened_without_both_consents(
    portal: httpx.AsyncClient, service: FakeService, ticked: dict[str, str], told: bool
) -> None:
    errors = [{"field": "accept_terms", "code": "terms_not_accepted", "message": "请阅读并同意用户协议。"}]
    service.answers["POST", "/registrations"] = (422, {"code": "invalid", "detail": "有误", "errors": errors})

    page = (await portal.post("/register", data=FORM | ticked)).text

    assert (b'"accept_terms":true' in service.heard[1].body) is told
    assert ('id="accept_terms-error"' in page) is ("accept_terms" not in ticked)
    assert ('id="accept_sensitive-error"' in page) is ("accept_sensitive" not in ticked)
    assert 'value="孙丽"' in page


async def test_what_is_wrong_is_told_from_the_pages_top_to_its_end(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    errors = [{"field": name, "code": "missing", "message": name} for name in ("name", "accept_terms", "username")]
    service.answers["POST", "/registrations"] = (422, {"code": "invalid", "detail": "有误", "errors": errors})

    page = (await portal.post("/register", data=FORM)).text

    told = [name for name in ("#username", "#name", "#accept_terms", "#accept_sensitive") if f'href="{name}"' in page]
    places = [page.index(f'href="{name}"') for name in told]
    assert (len(told), places) == (4, sorted(places))


async def test_who_has_registered_is_sent_to_the_login(portal: httpx.AsyncClient, service: FakeService) -> None:
    service.answers["POST", "/registrations"] = (201, {"account_id": RECORD, "username": "sun.li"})

    answer = await portal.post("/register", data=FORM)

    assert (answer.status_code, answer.headers["location"]) == (303, "/login?registered=sun.li")
    assert 'value="sun.li"' in (await portal.get(answer.headers["location"])).text


async def test_another_captcha_registers_nobody(portal: httpx.AsyncClient, service: FakeService) -> None:
    page = await portal.post("/register", data=FORM | {"another_captcha": "1"})

    assert (page.status_code, 'value="孙丽"' in page.text) == (200, True)
    assert "/registrations" not in [heard.target for heard in service.heard]


async def test_people_do_not_register_where_accounts_are_assigned(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    service.answers["GET", "/programmes"] = (200, {"items": [PROGRAMME | {"accounts": "assigned"}]})

    assert (await portal.get("/register")).status_code == 404


@pytest.mark.parametrize(("role", "goal"), [("administrator", "/admin"), ("reviewer", "/review")])
async def test_a_login_leads_to_each_roles_first_page(
    portal: httpx.AsyncClient, cache: Redis, role: str, goal: str
) -> None:
    await log_in(cache, role)

    assert (await portal.get("/welcome", headers=COOKIE)).headers["location"] == goal


@pytest.mark.parametrize(("accounts", "goal"), [("assigned", "/announcements"), ("self_registered", "/home")])
async def test_who_has_an_assigned_account_sees_the_announcements_first(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService, accounts: str, goal: str
) -> None:
    await log_in(cache, "applicant")
    service.answers["GET", "/me"] = (200, {"programmes": [{"programme": "dezhou-talent-pool"}]})
    service.answers["GET", "/programmes"] = (200, {"items": [PROGRAMME | {"accounts": accounts}]})

    assert (await portal.get("/welcome", headers=COOKIE)).headers["location"] == goal


async def test_what_is_no_certificate_is_not_sent(portal: httpx.AsyncClient, service: FakeService) -> None:
    answer = await portal.post("/login/passkey", data={"credential": "nonsense"})

    assert (answer.status_code, "没有收到证书" in answer.text) == (422, True)
    assert "/sessions/passkey" not in [heard.target for heard in service.heard]


async def test_who_must_log_in_by_certificate_is_shown_how(portal: httpx.AsyncClient, service: FakeService) -> None:
    refused = {"code": "passkey_required", "detail": "您的帐号需要使用证书登录。", "status": 403}
    service.answers["POST", "/sessions"] = (403, refused)

    answer = await portal.post("/login", data={"username": "admin", "password": "x"})

    assert (answer.status_code, "您的帐号需要使用证书登录" in answer.text) == (403, True)
    assert "data-passkey-login" in answer.text


@pytest.mark.parametrize("required", [True, False])
async def test_a_certificate_that_is_asked_for_stands_first_in_the_settings(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService, required: bool
) -> None:
    await log_in(cache, "administrator")
    me = {"name": "系统管理员", "username": "admin", "email": "a@b.cn", "mobile": None, "language": "zh",
          "mail_mode": "each", "roles": ["administrator"], "organization": None, "programmes": []}  # fmt: skip
    service.answers["GET", "/me"] = (200, me)
    service.answers["GET", "/me/passkeys"] = (200, {"items": [], "required": required, "next_cursor": None})
    service.answers["GET", "/me/sessions"] = (200, {"items": [], "next_cursor": None})

    page = (await portal.get("/account", headers=COOKIE)).text

    stands_first = page.index('id="passkeys-title"') < page.index('id="who-title"')
    assert (stands_first, "不能使用其他功能" in page) == (required, required)


async def test_a_certificate_logs_in(portal: httpx.AsyncClient, service: FakeService) -> None:
    service.answers["POST", "/sessions/passkey"] = (201, {"access_token": "fresh", "must_change_password": False})

    answer = await portal.post("/login/passkey", data={"credential": "{}", "challenge_id": RECORD, "next": "/account"})

    assert answer.headers["location"] == "/account"
    assert answer.headers["set-cookie"] == "juxian=fresh; Path=/; HttpOnly; SameSite=Lax"
