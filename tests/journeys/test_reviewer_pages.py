"""Reviewers in a browser: a municipal case that skips two tiers, changes, no scripts, a phone, every page."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import opened, violations
from tests.journeys.desks import TIERS, come_in, pass_by_keyboard, shoot
from tests.journeys.filling import Filler, employer
from tests.journeys.people import Someone, new_applicant
from tests.journeys.platform import Platform
from tests.journeys.reviewing import decide, open_case, submission_when

POOL = "dezhou-talent-pool"
MUNICIPAL = ("unit-institute", "centre-371400", "office-371400")
PAGES = (
    "/review", "/review?state=decided", "/review?state=all&query=wang", "/review/change-requests?state=all",
    "/review/statistics", "/review/settings", "/review/batch",
)  # fmt: skip


def filed(platform: Platform, name: str, unit: str) -> tuple[Someone, str]:
    """Somebody whose case waits for the employer, and the submission."""
    applicant = new_applicant(platform.url, name)
    Filler(applicant, POOL, employer(applicant, unit), name=name).fill(only_required=True)
    submission = applicant.call("POST", "/submissions", {"programme": POOL}, status=201)
    return applicant, str(submission["submission_id"])


def reviewer(platform: Platform, username: str) -> Someone:
    """A reviewer of the demo world, at the API."""
    someone = Someone(platform.url)
    someone.log_in(username)
    return someone


@pytest.mark.timeout(180)
def test_a_municipal_employers_case_skips_the_county(platform: Platform) -> None:
    applicant, submission_id = filed(platform, "沈若溪", "德州市应用技术研究院")

    with opened(platform.url, width=1360) as (page, _outside):
        for username in MUNICIPAL:
            pass_by_keyboard(page, platform, submission_id, username, 1)
        approved = submission_when(applicant, submission_id, status="approved", category="C")
        assert [step["tier"] for step in approved["progress"]] == [
            "employer", "city_service_centre", "city_talent_office",
        ]  # fmt: skip


@pytest.mark.timeout(120)
def test_a_decision_taken_meanwhile_is_told_kindly_without_scripts_and_on_a_phone(platform: Platform) -> None:
    _applicant, submission_id = filed(platform, "田雨荷", "鲁北新材料有限公司")
    colleague = reviewer(platform, TIERS[0])
    case = open_case(colleague, submission_id, 1)

    with opened(platform.url, width=390, scripts=False) as (page, _outside):
        come_in(page, TIERS[0], f"/review/cases/{case['case_id']}")
        decide(colleague, case, "approve")
        page.fill("#comment", "同意")
        page.locator('#decide button[value="approve"]').click()
        expect(page).to_have_title("错误：田雨荷 · 审核工作台 · 聚贤人才申报平台")
        expect(page.locator("#errors")).to_contain_text("处理：通过")


@pytest.mark.timeout(120)
def test_every_page_of_reviewers_is_open_to_all_and_fits(platform: Platform) -> None:
    case = reviewer(platform, "unit-lubei").get("/review/cases?state=all&limit=1")["items"][0]

    with opened(platform.url, width=320) as (page, outside):
        come_in(page, TIERS[0], "/review")
        for path in (*PAGES, f"/review/cases/{case['case_id']}?state=all", "/review?lang=en"):
            page.goto(path)
            assert (path, violations(page)) == (path, [])
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
        english = page.locator("main").inner_text()
        assert re.findall(r"待我审核|筛选|排序|导出", english) == []
        assert outside == []


@pytest.mark.timeout(120)
def test_the_parts_of_the_desk_are_tabs_on_a_phone(platform: Platform) -> None:
    case = reviewer(platform, "unit-lubei").get("/review/cases?state=all&limit=1")["items"][0]

    with opened(platform.url, width=390) as (page, _outside):
        come_in(page, TIERS[0], f"/review/cases/{case['case_id']}?state=all")
        tabs = page.locator(".pane-tabs [role=tab]")
        seen = []
        for at in range(3):
            tabs.nth(at).click()
            seen.append([page.locator(f"#pane-{name}").is_visible() for name in ("queue", "doc", "scan")])
            shoot(page, f"phone-{at}")
        assert seen == [[True, False, False], [False, True, False], [False, False, True]]


@pytest.mark.timeout(120)
def test_a_change_is_decided_with_the_old_beside_the_new(platform: Platform) -> None:
    chen = reviewer(platform, "chen.jing")
    title = next(one for one in chen.get("/submissions")["items"] if one["status"] == "approved")
    body = {"programme": title["programme"], "section": "basic", "changes": {"post": "副总工程师"},
            "reason": "岗位变动", "scans": []}  # fmt: skip
    change = chen.call("POST", "/change-requests", body, status=201)

    with opened(platform.url, width=1360) as (page, _outside):
        come_in(page, "unit-hebei", "/review/change-requests")
        page.locator(f'a[href$="{change["change_request_id"]}"]').click()
        expect(page.locator(".sides .old")).to_contain_text("总工程师")
        expect(page.locator(".sides .new")).to_contain_text("副总工程师")
        assert violations(page) == []
        shoot(page, "change")
        page.locator('button[value="reject"]').click()
        expect(page.locator("#errors")).to_be_visible()
        page.fill("#comment", "请附任命文件")
        page.locator('button[value="reject"]').click()
        page.wait_for_url("**/review/change-requests?done=change-reject")
        assert chen.get(f"/change-requests/{change['change_request_id']}")["comment"] == "请附任命文件"
