"""The pages of administration: who comes in, what forms become, files that are passed on."""

import httpx
import pytest
from redis.asyncio import Redis

from services.gateway.portal.admin import PAGES
from services.gateway.portal.admin.moments import day, instant
from services.gateway.portal.visit import Page
from services.gateway.rules.signposts import Signpost
from tests.services.gateway.doubles import CSRF, TOKEN, FakeService, log_in
from tests.services.gateway.samples import RECORD

COOKIE = {"Cookie": f"juxian={TOKEN}", "Origin": "http://localhost:8000"}
LIST = {"file": ('名单 "a".csv', "姓名\n钱雅琴\n".encode(), "text/csv")}
SHOWN = [page.path.format_map(dict.fromkeys(("organization_id", "account_id", "import_id", "announcement_id",
         "delivery_id", "handover_id", "programme", "letter", "day"), RECORD))
         for page in PAGES if page.method == "GET"]  # fmt: skip


@pytest.mark.parametrize("path", SHOWN)
async def test_a_page_is_for_administrators_alone(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService, path: str
) -> None:
    nobody = await portal.get(path)
    await log_in(cache, "applicant", "reviewer")
    other = await portal.get(path, headers=COOKIE)

    assert (nobody.status_code, nobody.headers["location"][:12]) == (303, "/login?next=")
    assert (other.status_code, "只有管理员可以使用此功能" in other.text) == (403, True)
    assert service.heard == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.method == "POST"], ids=lambda page: page.path)
async def test_a_form_is_refused_without_its_token(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService, page: Page
) -> None:
    path = "/".join(RECORD if part.startswith("{") else part for part in page.path.split("/"))
    await log_in(cache, "administrator")

    answer = (
        await portal.post(path, headers=COOKIE, files=LIST)
        if page.takes_files
        else await portal.post(path, headers=COOKIE, data={"name": "x"})
    )

    assert (answer.status_code, service.heard) == (403, [])


def test_no_two_pages_stand_at_one_address() -> None:
    assert len([Signpost(PAGES).find(page.path)[page.method] for page in PAGES]) == len(PAGES)


async def test_a_list_is_passed_on_without_what_the_portal_alone_needs(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "administrator")
    service.answers["POST", "/admin/accounts/import"] = (202, {"import_id": RECORD})
    form = {"csrf_token": CSRF, "programme": "hebei-professional-title"}

    answer = await portal.post("/admin/imports", headers=COOKIE, data=form, files=LIST)

    sent = service.heard[-1]
    assert answer.headers["location"] == f"/admin/imports/{RECORD}"
    assert sent.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="programme"\r\n\r\nhebei-professional-title\r\n' in sent.body
    assert 'filename="名单 _22a_22.csv"'.encode() in sent.body.replace(b"%", b"_")
    assert CSRF.encode() not in sent.body


async def test_an_organization_that_is_refused_keeps_what_was_typed(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "administrator")
    errors = [{"field": "credit_code", "code": "not_a_credit_code", "message": "统一社会信用代码无效，请逐位核对。"}]
    service.answers["POST", "/admin/organizations"] = (422, {"code": "invalid", "detail": "有误", "errors": errors})
    form = {"csrf_token": CSRF, "name": "齐河数控机床有限公司", "kind": "employer", "programmes": "dezhou-talent-pool"}

    page = await portal.post("/admin/organizations/new", headers=COOKIE, data=form)

    assert page.status_code == 422
    assert "<title>错误：" in page.text
    assert 'value="齐河数控机床有限公司"' in page.text
    assert '<a href="#credit_code">统一社会信用代码无效，请逐位核对。</a>' in page.text


@pytest.mark.parametrize(
    ("text", "at_end", "read"),
    [
        ("2026-11-20 09:00", False, "2026-11-20T09:00:00+08:00"),
        (" 2026年11月20日 9：05 ", False, "2026-11-20T09:05:00+08:00"),
        ("2026.1.2", False, "2026-01-02T00:00:00+08:00"),
        ("２０２６/01/02", True, "2026-01-02T23:59:00+08:00"),
        ("2026-02-30", False, None),
        ("2026-02-03 25:00", False, None),
        ("tomorrow", False, None),
    ],
)
def test_an_instant_is_read_as_people_write_it(text: str, at_end: bool, read: str | None) -> None:
    assert instant(text, at_end=at_end) == read
    assert day(text) == (read[:10] if read else None)
