"""Reviewers in a browser: a case through five tiers by keyboard, a stale version, without scripts, on a phone."""

from playwright.sync_api import Page, expect

from tests.journeys.browser import opened, violations
from tests.journeys.filling import Filler, employer
from tests.journeys.people import PASSWORD, Someone, new_applicant
from tests.journeys.platform import Platform
from tests.journeys.reviewing import decide, open_case, submission_when

TIERS = ("unit-lubei", "hr-371402", "office-371402", "centre-371400", "office-371400")
PAGES = ("/review", "/review?state=all", "/review/change-requests", "/review/statistics", "/review/settings")


def filed(platform: Platform) -> tuple[Someone, str]:
    """Somebody whose case waits for the employer, and the submission."""
    applicant = new_applicant(platform.url)
    filler = Filler(applicant, "dezhou-talent-pool", employer(applicant, "鲁北新材料有限公司"))
    filler.fill(only_required=True)
    submission = applicant.call("POST", "/submissions", {"programme": "dezhou-talent-pool"}, status=201)
    return applicant, str(submission["submission_id"])


def come_in(page: Page, username: str, path: str) -> None:
    """Log in, and go on to a page."""
    page.context.clear_cookies()
    page.goto(f"/login?next={path}")
    page.fill('[name="username"]', username)
    page.fill('[name="password"]', PASSWORD)
    page.press('[name="password"]', "Enter")
    page.wait_for_url(f"**{path}")


def reviewer(platform: Platform, username: str) -> Someone:
    """A reviewer of the demo world, at the API."""
    someone = Someone(platform.url)
    someone.log_in(username)
    return someone


def come_back_to(page: Page, platform: Platform, submission_id: str) -> None:
    """Take an approval back in time, mark a problem at a field by click, and return the case by keyboard."""
    case = open_case(reviewer(platform, TIERS[0]), submission_id, 1)
    come_in(page, TIERS[0], f"/review/cases/{case['case_id']}")
    assert violations(page) == []
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.locator("#pending button").click()
    expect(page.locator("#pending > div")).to_have_count(0)
    page.goto(f"/review/cases/{case['case_id']}")
    page.locator('#s-basic .pinner[data-field="name"]').click()
    page.keyboard.type("请与证件一致")
    page.locator("#pane-doc h1").click()
    page.keyboard.press("r")
    page.keyboard.type("请修改姓名")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#pending")).to_contain_text("退回 周晓燕")
    page.goto("/review")


def pass_by_keyboard(page: Page, platform: Platform, submission_id: str, username: str) -> None:
    """Approve at a tier: one stroke, and one more for the category at the last."""
    case = open_case(reviewer(platform, username), submission_id, 2)
    come_in(page, username, f"/review/cases/{case['case_id']}")
    if username == TIERS[-1]:
        page.keyboard.press("3")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#pending")).to_contain_text("通过 周晓燕")
    page.goto("/review")


def test_a_case_comes_back_once_and_passes_five_tiers_by_keyboard(platform: Platform) -> None:
    applicant, submission_id = filed(platform)

    with opened(platform.url, width=1360) as (page, outside):
        come_back_to(page, platform, submission_id)
        remark = submission_when(applicant, submission_id, status="returned")["remarks"][0]
        assert (remark["section"], remark["field"], remark["comment"]) == ("basic", "name", "请与证件一致")
        applicant.call("POST", "/submissions", {"programme": "dezhou-talent-pool"}, status=201)
        for username in TIERS:
            pass_by_keyboard(page, platform, submission_id, username)
        submission_when(applicant, submission_id, status="approved", category="C")
        assert outside == []


def test_a_decision_taken_meanwhile_is_told_kindly_without_scripts_and_on_a_phone(platform: Platform) -> None:
    applicant = new_applicant(platform.url, name="田雨荷")
    Filler(applicant, "dezhou-talent-pool", employer(applicant, "鲁北新材料有限公司"), name="田雨荷").fill(
        only_required=True
    )
    submission = applicant.call("POST", "/submissions", {"programme": "dezhou-talent-pool"}, status=201)
    colleague = reviewer(platform, TIERS[0])
    case = open_case(colleague, str(submission["submission_id"]), 1)

    with opened(platform.url, width=390, scripts=False) as (page, _outside):
        come_in(page, TIERS[0], f"/review/cases/{case['case_id']}")
        decide(colleague, case, "approve")
        page.fill("#comment", "同意")
        page.locator('#decide button[value="approve"]').click()
        expect(page).to_have_title("错误：田雨荷 · 审核工作台 · 聚贤人才申报平台")
        expect(page.locator("#errors")).to_contain_text("处理：通过")


def test_every_page_of_reviewers_is_open_to_all_and_fits(platform: Platform) -> None:
    with opened(platform.url, width=320) as (page, outside):
        come_in(page, TIERS[0], "/review")
        for path in PAGES:
            page.goto(path)
            assert violations(page) == [], path
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
        assert outside == []
