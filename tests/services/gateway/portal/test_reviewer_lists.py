"""The worklist's columns and saved filters in the words of the API; spreadsheets, small and large."""

import json
import re
from typing import Any

import httpx
from aiohttp import web
from redis.asyncio import Redis

from services.gateway.portal.reviewer.choices import views_of
from services.gateway.portal.reviewer.columns import USUAL, chosen_of
from tests.services.gateway.doubles import CSRF, TOKEN, FakeService, log_in
from tests.services.gateway.samples import CASE, RECORD

COOKIE = {"Cookie": f"juxian={TOKEN}", "Origin": "http://localhost:8000"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VIEWS = [{"name": "外籍", "query": "foreign=true"}, {"name": "超期", "query": "overdue=true"}]
DESK: dict[str, Any] = {
    "reviewer": {"account_id": RECORD, "name": "李主任"},
    "organization": {"organization_id": RECORD, "name": "德城区人社局"},
    "waiting": 1000, "waiting_is_more": True, "change_requests": 2,
    "phrases": {"phrases": ["印章不清"], "changed_at": "2026-11-18T02:05:00Z", "changed_by": None},
    "choices": {"views": VIEWS, "columns": ["due"]},
}  # fmt: skip


def job(state: str, url: str | None = None) -> tuple[int, dict[str, Any]]:
    """How far an export has come."""
    return 200, {"export_id": RECORD, "state": state, "total": 6000, "done": 1500, "url": url,
                 "asked_at": "2026-11-20T01:00:00Z"}  # fmt: skip


def sent(service: FakeService, method: str, path: str) -> Any:  # noqa: ANN401 - JSON
    """What the service was sent there last."""
    return json.loads(
        next(heard for heard in reversed(service.heard) if (heard.method, heard.target) == (method, path)).body
    )


def test_columns_keep_their_order_and_none_means_the_usual_ones() -> None:
    assert (chosen_of(["due", "employer", "nonsense"]), chosen_of([])) == (["employer", "due"], list(USUAL))


def test_the_filter_that_is_shown_is_marked() -> None:
    views = views_of({"views": VIEWS}, {"state": "waiting", "overdue": "true"})

    assert [(one["name"], one["address"], one["on"]) for one in views] == [
        ("外籍", "/review?foreign=true", False), ("超期", "/review?overdue=true", True),
    ]  # fmt: skip


async def test_the_frame_says_whose_desk_it_is_and_how_much_waits(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    service.answers["GET", "/review/desk"] = (200, DESK)
    service.answers["GET", "/review/cases"] = (200, {"items": [], "next_cursor": None})

    page = (await portal.get("/review", headers=COOKIE)).text

    assert ("1000+" in page, "德城区人社局" in page, "李主任" in page, "没有待审核的申报" in page) == (True,) * 4


async def test_a_filter_is_kept_beside_the_others_under_its_name(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    service.answers["GET", "/review/desk"] = (200, DESK)
    form = {"csrf_token": CSRF, "name": " 超期 "}

    answer = await portal.post("/review/views?state=all&refiled=true&nonsense=1", data=form, headers=COOKIE)

    assert (answer.status_code, answer.headers["location"]) == (303, "/review?state=all&refiled=true")
    assert sent(service, "PUT", "/review/desk/choices") == {
        "views": [VIEWS[0], {"name": "超期", "query": "state=all&refiled=true"}], "columns": ["due"]
    }  # fmt: skip


async def test_a_filter_is_forgotten_and_columns_are_changed_alone(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    service.answers["GET", "/review/desk"] = (200, DESK)

    await portal.post("/review/views/forget", data={"csrf_token": CSRF, "name": "外籍"}, headers=COOKIE)
    assert sent(service, "PUT", "/review/desk/choices") == {"views": [VIEWS[1]], "columns": ["due"]}
    await portal.post("/review/columns", data={"csrf_token": CSRF, "column": ["tier", "x"]}, headers=COOKIE)
    assert sent(service, "PUT", "/review/desk/choices") == {"views": VIEWS, "columns": ["tier"]}


async def test_single_letters_are_switched_off_for_the_account_not_for_the_browser(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    service.answers["GET", "/review/desk"] = (200, DESK)

    answer = await portal.post("/review/settings/keys", data={"csrf_token": CSRF}, headers=COOKIE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/settings?done=keys")
    chosen = sent(service, "PUT", "/review/desk/choices")
    assert (chosen, "set-cookie" in answer.headers) == ({**DESK["choices"], "keys": False}, False)

    service.answers["GET", "/review/desk"] = (200, DESK | {"choices": chosen})
    service.answers["GET", "/review/cases"] = (200, {"items": [CASE], "next_cursor": None})
    assert 'data-keys="off"' in (await portal.get("/review", headers=COOKIE)).text


async def test_a_small_spreadsheet_is_handed_over_as_it_is(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")

    async def give(_request: web.Request) -> web.Response:
        """A file."""
        return web.Response(body=b"PK\x03\x04", content_type=XLSX)

    service.handlers["GET", "/review/cases.xlsx"] = give

    answer = await portal.get("/review/cases.xlsx?state=all", headers=COOKIE)

    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, b"PK\x03\x04", XLSX)


async def test_a_large_spreadsheet_is_a_job_whose_progress_is_a_page(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    place = f"/review/exports/{RECORD}"
    service.answers["GET", "/review/cases.xlsx"] = (202, job("queued")[1])
    service.answers["GET", place] = job("running")

    asked = await portal.get("/review/cases.xlsx?state=all", headers=COOKIE)
    under_way = (await portal.get(place, headers=COOKIE)).text
    service.answers["GET", place] = job("done", f"{place}/file")
    done = (await portal.get(place, headers=COOKIE)).text

    assert (asked.status_code, asked.headers["location"]) == (303, place)
    assert ('max="6000" value="1500"' in under_way, f'href="/api/v1{place}/file"' in done) == (True, True)


async def test_a_large_spreadsheet_is_stopped_and_found_again(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    place = f"/review/exports/{RECORD}"
    service.answers["DELETE", place] = (204, None)
    states = [job("cancelled"), job("done", f"{place}/file"), job("running")]
    service.answers["GET", "/review/exports"] = (200, {"items": [one for _, one in states], "next_cursor": None})
    service.answers["GET", place] = job("cancelled")

    stopped = await portal.post(f"{place}/cancel", headers=COOKIE, data={"csrf_token": CSRF})
    shown = (await portal.get(place, headers=COOKIE)).text
    listed = (await portal.get("/review/exports", headers=COOKIE)).text

    assert (stopped.status_code, stopped.headers["location"]) == (303, place)
    assert ("导出已取消" in shown, "取消导出" in shown) == (True, False)
    assert [word in listed for word in ("已取消", f'href="/api/v1{place}/file"', "正在写入 1500 / 6000")] == [True] * 3


async def test_too_many_exports_are_a_page_that_says_so(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    refused = {"code": "too_many_exports", "detail": "导出过于频繁，请一小时后再试。", "status": 429}
    service.answers["GET", "/review/cases.xlsx"] = (429, refused)

    answer = await portal.get("/review/cases.xlsx", headers=COOKIE)

    assert (answer.status_code, "导出过于频繁" in answer.text) == (429, True)


async def test_a_batch_is_chosen_from_the_page_of_the_list_that_was_ticked(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    case = {**CASE, "all_passed": True}
    service.answers["GET", "/review/cases"] = (200, {"items": [case], "next_cursor": None})

    page = (await portal.get(f"/review/batch?case={RECORD}&foreign=true&cursor=abc", headers=COOKIE)).text

    asked = next(heard.target for heard in service.heard if heard.target.startswith("/review/cases?"))
    assert asked == "/review/cases?foreign=true&state=waiting&limit=100&cursor=abc"
    assert f'value="{RECORD}:2"' in page


async def test_figures_say_what_their_colours_mean_and_stand_in_the_order_of_the_route(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    tiers = [{"tier": name, "title": {"zh": name, "en": name}} for name in ("employer", "county", "city")]
    programme = {"programme": "pool", "title": {"zh": "人才库", "en": "Pool"}, "tiers": tiers}
    counted = {"waiting": 1, "approved": 2, "returned": 0, "median_days": 0.04}
    line = {"organization": "市人才办", "programme": "pool", "tier": "city", "decided": 2, "p90_days": 3.0, **counted}
    groups = [{"key": name, "title": None, **counted} for name in ("city", "county", "employer")]
    service.answers["GET", "/programmes"] = (200, {"items": [programme], "next_cursor": None})
    service.answers["GET", "/review/statistics"] = (200, {"items": [line], "groups": groups, "reasons": []})

    page = (await portal.get("/review/statistics", headers=COOKIE)).text

    chart = page.split('data-of="tier"')[1].split("</table>")[0]
    assert re.findall(r'<th scope="row"[^>]*>(\w+)</th>', chart) == ["employer", "county", "city"]
    assert (page.count('class="key-0"'), chart.count("&lt; 0.1")) == (4, 3)
