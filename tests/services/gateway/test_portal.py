"""Pages for people: the way in and out, passwords by letter, plain pages behind letters' links, in both languages."""

import re

import httpx
import pytest
from redis.asyncio import Redis

from services.gateway.portal.drawing import HOME
from shared.kit.texts import english
from tests.services.gateway.conftest import MakeDoor, client_of
from tests.services.gateway.doubles import TOKEN, FakeService, log_in
from tests.services.gateway.samples import RECORD

COOKIE = {"Cookie": f"juxian={TOKEN}", "Origin": "http://localhost:8000"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAID = re.compile(r"""\{#.*?#\}|_\(\{"zh": "[^"]+", "en": "[ -~]+?"\}|(?:\b_|say)\((["']).+?\1""", re.DOTALL)
"""Comments, texts in both languages, and sentences of the catalogue."""
PAGES = [
    "/", "/login", "/forgot", "/password", "/reset/t0ken", "/reset/done", "/email-confirmations/t0ken",
    f"/submissions/{RECORD}", f"/change-requests/{RECORD}", f"/review/cases/{RECORD}",
    f"/review/change-requests/{RECORD}", "/dev/mailbox", "/nothing",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("is_known", [False, True])
async def test_a_page_is_drawn_in_both_languages(
    portal: httpx.AsyncClient, cache: Redis, path: str, is_known: bool
) -> None:
    await log_in(cache, "applicant", "reviewer")
    headers = COOKIE if is_known else {}

    chinese = await portal.get(path, headers=headers)
    other = await portal.get(f"{path}?lang=en", headers=headers)

    expected = 404 if path == "/nothing" else 303 if path == "/password" and not is_known else 200
    assert (chinese.status_code, other.status_code) == (expected, expected)
    if expected != 303:
        assert '<html lang="zh-CN">' in chinese.text
        assert '<html lang="en">' in other.text
        assert chinese.headers["content-language"] == "zh-CN"
        assert "style=" not in chinese.text + other.text
        assert re.findall(r"<script(?![^>]* src=\"/static/)", chinese.text + other.text) == []


@pytest.mark.parametrize("path", [path for path in PAGES if "/" in path[1:] and not path.startswith("/reset")])
async def test_a_letters_link_opens_for_who_is_not_logged_in(portal: httpx.AsyncClient, path: str) -> None:
    answer = await portal.get(path)

    assert answer.status_code == 200


async def test_a_link_leads_back_to_its_page_after_the_login(portal: httpx.AsyncClient) -> None:
    page = await portal.get(f"/submissions/{RECORD}")

    assert f'href="/login?next=/submissions/{RECORD}"' in page.text
    assert f'name="next" value="/submissions/{RECORD}"' in (await portal.get(f"/login?next=/submissions/{RECORD}")).text


async def test_an_applicant_sees_how_it_stands(portal: httpx.AsyncClient, cache: Redis) -> None:
    await log_in(cache)

    page = (await portal.get(f"/submissions/{RECORD}", headers=COOKIE)).text

    for words in (
        "德州市高层次人才库",
        "已退回，待修改",
        "县（市、区）人社局",
        "2026-11-18 10:05",
        "教育经历情况 · 毕业院校",
        "请填写全称",
    ):
        assert words in page
    assert "&lt;b&gt;证书&lt;/b&gt;不清晰" in page


async def test_a_reviewer_sees_how_it_stands(portal: httpx.AsyncClient, cache: Redis) -> None:
    await log_in(cache, "reviewer")

    case = (await portal.get(f"/review/cases/{RECORD}", headers=COOKIE)).text
    change = (await portal.get(f"/review/change-requests/{RECORD}", headers=COOKIE)).text

    assert [words in case for words in ("张伟", "鲁北新材料有限公司", "等待本单位审核", "刘敏", "提交申报")] == [
        True
    ] * 5
    assert [words in change for words in ("毕业院校", "山东大学（威海）", "校名有误", "等待审核")] == [True] * 4


@pytest.mark.parametrize(("status", "shown"), [(404, 404), (403, 403), (500, 503)])
async def test_what_is_not_ones_own_is_not_shown(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService, status: int, shown: int
) -> None:
    await log_in(cache)
    service.answers["GET", f"/submissions/{RECORD}"] = (status, {"code": "not_found"})

    assert (await portal.get(f"/submissions/{RECORD}", headers=COOKIE)).status_code == shown
    assert (await portal.get("/submissions/1", headers=COOKIE)).status_code == 404


async def test_without_profile_the_start_page_is_still_there(portal: httpx.AsyncClient, service: FakeService) -> None:
    service.answers["GET", "/programmes"] = (503, {})

    assert "申报项目暂时无法显示" in (await portal.get("/")).text


async def test_the_mailbox_shows_letters_as_text(portal: httpx.AsyncClient, service: FakeService) -> None:
    page = (await portal.get("/dev/mailbox?to=zhang.wei@demo.juxian.test")).text

    assert "申报已退回" in page
    assert '<a href="http://localhost:8000/submissions/1" rel="noopener noreferrer">' in page
    assert "&lt;script&gt;" in page
    assert service.heard[-1].target == "/dev/mailbox/messages?to=zhang.wei%40demo.juxian.test"


@pytest.mark.parametrize("settings", [{"smtp_url": "smtp://mail.example:25"}, {"host": "192.0.2.1"}])
async def test_a_real_installation_has_no_mailbox(
    door: MakeDoor, service: FakeService, settings: dict[str, str]
) -> None:
    async with client_of(await door(**settings)) as client:
        assert (await client.get("/dev/mailbox")).status_code == 404
        assert (await client.get("/dev/mailbox/messages")).status_code == 404
        assert "/dev/mailbox" not in (await client.get("/")).text
    assert sorted(heard.target for heard in service.heard) == ["/announcements?limit=6", "/programmes"]


async def test_the_mailbox_answers_programs_too(portal: httpx.AsyncClient) -> None:
    answer = await portal.get("/dev/mailbox/messages?to=a@b.test&subject=x")

    assert answer.json()["items"][0]["message_id"] == "m1"


async def test_the_language_is_kept_once_chosen(portal: httpx.AsyncClient) -> None:
    chosen = await portal.get("/login?lang=en", headers={"Accept-Language": "zh"})
    assert chosen.headers["set-cookie"] == "juxian-language=en; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"

    kept = await portal.get("/login", headers={"Cookie": "juxian-language=en"})

    assert '<html lang="en">' in kept.text


async def test_a_slash_too_many_leads_to_the_page(portal: httpx.AsyncClient) -> None:
    answer = await portal.get("/login/")

    assert (answer.status_code, answer.headers["location"]) == (308, "/login")
    for path in ("//login", "/login//", "//evil.example/", "/nothing/"):
        assert (await portal.get(httpx.URL(f"http://localhost:8000{path}"))).status_code == 404


async def test_a_refused_method_is_a_page_too(portal: httpx.AsyncClient) -> None:
    answer = await portal.delete("/login")

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert "<h1>此地址不支持该方法。</h1>" in answer.text


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
async def test_a_form_is_a_form(portal: httpx.AsyncClient, kind: str) -> None:
    answer = await portal.post("/login", content=b"{}", headers={"Content-Type": kind})

    assert answer.status_code == 415


def test_every_sentence_of_the_templates_has_its_english() -> None:
    said = re.compile(r"""(?:\b_|say)\((["'])(.+?)\1""")
    sources = [path.read_text(encoding="utf-8") for path in (HOME / "templates").rglob("*.html")]
    sentences = {found[2] for source in sources for found in said.finditer(source)}

    assert {text for text in sentences if text not in english()} == set()


def test_no_template_speaks_chinese_by_itself() -> None:
    loose = {}
    for path in (HOME / "templates").rglob("*.html"):
        rest = SAID.sub("", path.read_text(encoding="utf-8"))
        loose[path.name] = CHINESE.findall(rest.replace(">中文<", "").replace(">才<", "").replace(">审<", ""))

    assert {name: words for name, words in loose.items() if words} == {}
