"""What administrators do to organizations and announcements, and what the overview makes of the figures."""

import json
from typing import Any

import httpx
import pytest
from aiohttp import web
from redis.asyncio import Redis

from services.gateway.portal.admin.conflicts import differences
from services.gateway.portal.admin.statistics import queues_of
from services.gateway.portal.visit import Filled
from shared.programmes.catalogue import PROGRAMMES
from tests.services.gateway.doubles import CSRF, TOKEN, FakeService, log_in
from tests.services.gateway.samples import RECORD

COOKIE = {"Cookie": f"juxian={TOKEN}", "Origin": "http://localhost:8000"}
HOME = f"/admin/organizations/{RECORD}"
OTHER = RECORD.replace("019a", "019b")
UNIT: dict[str, Any] = {
    "organization_id": RECORD, "name": "鲁北新材料有限公司", "kind": "employer", "region": "371402", "municipal": False,
    "disabled": False, "programmes": [], "reviewers": 1, "region_name": "德城区",
}  # fmt: skip
HEIR = UNIT | {"organization_id": OTHER, "name": "齐河数控机床有限公司"}
ANNOUNCEMENT: dict[str, Any] = {
    "announcement_id": RECORD, "title": "申报通知", "body": "另一位写的", "programme": None, "audience": "everybody",
    "category": "notice", "pinned": True, "state": "published", "publish_at": "2026-11-20T01:00:00Z",
    "withdraw_at": None, "attachments": [{"attachment_id": OTHER, "name": "指南.pdf"}], "mail": None, "etag": '"2"',
}  # fmt: skip


@pytest.fixture
def office(service: FakeService) -> FakeService:
    """An organization with four open cases, and another that could take them."""
    service.answers["GET", HOME] = (200, UNIT)
    service.answers["GET", f"{HOME}/handover"] = (200, {"waiting": 3, "coming": 1, "change_requests": 0, "approved": 7})
    service.answers["GET", "/admin/reviewers"] = (200, {"items": [], "next_cursor": None})
    service.answers["GET", "/admin/organizations"] = (200, {"items": [UNIT, HEIR], "next_cursor": None})
    return service


async def test_a_handover_shows_what_moves_and_who_could_take_it(
    portal: httpx.AsyncClient, cache: Redis, office: FakeService
) -> None:
    await log_in(cache, "administrator")

    page = (await portal.get(f"{HOME}/handover", headers=COOKIE)).text

    chosen = (f'value="{OTHER}" checked' in page, f'value="{RECORD}"' in page)
    assert (chosen, "连同已通过的 7 件申报" in page, 'form="choice" checked' in page) == ((True, False), True, True)


@pytest.mark.parametrize("deed", ["handover", "merge"])
async def test_nobody_takes_over_unless_chosen(
    portal: httpx.AsyncClient, cache: Redis, office: FakeService, deed: str
) -> None:
    await log_in(cache, "administrator")

    page = await portal.post(f"{HOME}/{deed}", headers=COOKIE, data={"csrf_token": CSRF})

    assert (page.status_code, "请选择一个单位" in page.text) == (422, True)
    assert [heard.method for heard in office.heard if heard.method == "POST"] == []


@pytest.mark.parametrize("more", [{}, {"approved": "true"}], ids=["open", "with-approved"])
async def test_a_handover_is_asked_for_and_followed(
    portal: httpx.AsyncClient, cache: Redis, office: FakeService, more: dict[str, str]
) -> None:
    await log_in(cache, "administrator")
    office.answers["POST", f"{HOME}/handover"] = (202, {"handover_id": OTHER})
    shown = {"handover_id": OTHER, "from": UNIT, "to": HEIR, "state": "running", "total": 4, "done": 1,
             "asked_at": "2026-11-20T01:00:00Z", "finished_at": None}  # fmt: skip
    office.answers["GET", f"/admin/handovers/{OTHER}"] = (200, shown)

    chosen = {"csrf_token": CSRF, "to": OTHER, **more}
    asked = await portal.post(f"{HOME}/handover", headers=COOKIE, data=chosen)
    page = (await portal.get(asked.headers["location"], headers=COOKIE)).text

    sent = next(json.loads(heard.body) for heard in office.heard if heard.method == "POST")
    assert sent == {"to": OTHER, "approved": bool(more)}
    assert asked.headers["location"] == f"/admin/handovers/{OTHER}?done=asked"
    assert ("1 / 4" in page, "every 2s" in page) == (True, True)


async def test_offices_are_offered_offices_of_their_region(
    portal: httpx.AsyncClient, cache: Redis, office: FakeService
) -> None:
    await log_in(cache, "administrator")
    office.answers["GET", HOME] = (200, UNIT | {"kind": "county_hr_bureau"})

    await portal.get(f"{HOME}/merge?query=ren", headers=COOKIE)

    assert office.heard[-1].target == (
        "/admin/organizations?kind=county_hr_bureau&state=enabled&limit=21&within=371402&query=ren"
    )


async def test_two_administrators_at_one_announcement_lose_no_word(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "administrator")
    path = f"/admin/announcements/{RECORD}"
    service.answers["PATCH", path] = (412, {"code": "changed_meanwhile"})
    service.answers["GET", path] = (200, ANNOUNCEMENT)
    service.answers["GET", "/programmes"] = (200, {"items": []})
    form = {"csrf_token": CSRF, "title": "申报通知", "body": "我写的", "category": "notice", "audience": "everybody",
            "etag": '"1"'}  # fmt: skip

    page = await portal.post(path, headers=COOKIE, data=form, files={"files": ("", b"")})

    sent = next(heard for heard in service.heard if heard.method == "PATCH")
    assert (page.status_code, sent.headers["if-match"]) == (412, '"1"')
    assert "<title>错误：" in page.text
    assert ("<td>我写的</td><td>另一位写的</td>" in page.text, ">我写的</textarea>" in page.text) == (True, True)
    assert ('name="etag" value="&#34;2&#34;"' in page.text, f"{OTHER}|指南.pdf" in page.text) == (True, True)


def test_an_announcement_typed_as_it_is_saved_differs_in_nothing() -> None:
    typed = Filled([("title", "申报通知"), ("body", "另一位写的\r\n"), ("category", "notice"),
                    ("audience", "everybody"), ("pinned", "true"), ("publish_at", "2026年11月20日 9:00")])  # fmt: skip

    assert differences(typed, ANNOUNCEMENT) == []
    later = Filled([*typed.pairs[:-1], ("publish_at", "2026-11-21 09:00")])
    assert [(row["field"], row["theirs"]) for row in differences(later, ANNOUNCEMENT)] == [
        ("publish_at", "2026-11-20 09:00")
    ]


@pytest.mark.parametrize(("path", "button"), [("window", "always"), (f"extensions/{RECORD}", "end")])
async def test_a_span_is_taken_away_by_a_body_that_says_nothing(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService, path: str, button: str
) -> None:
    await log_in(cache, "administrator")

    page = await portal.post(f"/admin/programmes/p/{path}", headers=COOKIE, data={"csrf_token": CSRF, button: "1"})

    assert (page.status_code, service.heard[-1].method, service.heard[-1].body) == (303, "PUT", b"null")


async def test_a_side_of_a_span_may_be_left_open_but_not_both(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "administrator")
    path = f"/admin/programmes/p/extensions/{RECORD}"

    kept = await portal.post(path, headers=COOKIE, data={"csrf_token": CSRF, "closes_at": "2026-12-10"})
    sent = json.loads(next(heard for heard in service.heard if heard.method == "PUT").body)
    service.answers["GET", "/programmes/p"] = (200, {**PROGRAMMES["dezhou-talent-pool"].describe(), "window": None})
    empty = await portal.post(path, headers=COOKIE, data={"csrf_token": CSRF, "closes_at": " "})

    assert (kept.status_code, sent) == (303, {"opens_at": None, "closes_at": "2026-12-10T23:59:00+08:00"})
    assert (empty.status_code, "请填写截止时间" in empty.text) == (422, True)


async def test_all_letters_of_a_cause_are_sent_again_batch_by_batch(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "administrator")
    left = [5000, 17]

    async def retry(request: web.Request) -> web.Response:
        """One batch."""
        asked.append(await request.json())
        return web.json_response({"retried": left.pop(0), "expired": 1})

    asked: list[object] = []
    service.handlers["POST", "/admin/deliveries/retry"] = retry
    form = {"csrf_token": CSRF, "state": "failed", "cause": "smtp 451"}

    page = await portal.post("/admin/deliveries/retry", headers=COOKIE, data=form)

    assert page.headers["location"] == "/admin/deliveries?done=retried-some"
    assert asked == [{"state": "failed", "cause": "smtp 451"}] * 2


async def test_figures_of_a_day_that_is_none_say_so(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "administrator")
    errors = [{"field": "from", "code": "date", "message": "日期写法如 2026-11-20。"}]
    service.answers["GET", "/review/statistics"] = (422, {"code": "invalid", "detail": "有误", "errors": errors})
    service.answers["GET", "/programmes"] = (200, {"items": []})

    page = await portal.get("/admin/statistics?from=morgen", headers=COOKIE)

    assert (page.status_code, 'id="from-error"' in page.text) == (422, True)


def test_the_longest_wait_of_a_tier_comes_first() -> None:
    def line(tier: str, unit: str, waiting: int, since: str | None) -> dict[str, Any]:
        """What waits at one organization."""
        return {"programme": "p", "tier": tier, "organization": unit, "waiting": waiting, "waits_since": since}

    queues = queues_of(
        [line("a", "A1", 2, "2026-11-18"), line("a", "A2", 1, "2026-11-12"), line("b", "B", 5, "2026-11-16"),
         line("c", "C", 0, None)]
    )  # fmt: skip

    assert [(one["key"][1], one["waiting"], one["at"]["organization"], one["since"]) for one in queues] == [
        ("a", 3, "A2", "2026-11-12"), ("b", 5, "B", "2026-11-16")
    ]  # fmt: skip
