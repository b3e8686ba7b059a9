"""A reviewer's desk in a browser: coming in, reading what stands there, and time that need not be waited for."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.browser import violations
from tests.journeys.people import PASSWORD, Someone
from tests.journeys.platform import Platform
from tests.journeys.reviewing import open_case

SHOTS = Path(__file__).parents[2] / ".screenshots"
TIERS = ("unit-lubei", "hr-371402", "office-371402", "centre-371400", "office-371400")
NEXT = {
    "unit-lubei": "县（市、区）人社局", "hr-371402": "县（市、区）人才办", "office-371402": "市人才综合服务中心",
    "unit-institute": "市人才综合服务中心", "centre-371400": "市人才办",
}  # fmt: skip
"""To whom an approval leads, by who gives it."""
UNDO_SPAN = 5200
"""Milliseconds after which a decision has left the desk."""


def come_in(page: Page, username: str, path: str, password: str = PASSWORD) -> None:
    """Log in as nobody else, and go on to a page."""
    page.context.clear_cookies()
    page.goto(f"/login?next={path}")
    page.fill('[name="username"]', username)
    page.fill('[name="password"]', password)
    page.press('[name="password"]', "Enter")
    page.wait_for_url(lambda url: url.endswith(path) and "/login" not in url)


def shown(page: Page) -> str:
    """Whose case lies on the desk."""
    return page.locator("#pane-doc h1").inner_text()


def approve(page: Page, name: str) -> None:
    """One stroke for a clear case, or the end of a return; waits until the next one lies there."""
    page.keyboard.press("Control+Enter")
    expect(page.locator("#pane-doc h1")).not_to_have_text(name)


def let_time_pass(page: Page) -> None:
    """Let the five seconds of taking back go by. The page's clock must have been installed before."""
    page.clock.fast_forward(UNDO_SPAN)


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the page as a product of the build."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"reviewer-{name}.png")


def read_papers(page: Page) -> None:
    """The worst scan stands first, what was read is marked on it, and a claim shows its own scan."""
    assert violations(page) == []
    expect(page.locator(".paper.on .checks li").first).to_have_class(re.compile("attention|rejected"))
    expect(page.locator(".paper.on .boxes rect").first).to_be_attached()
    link = page.locator("#s-basic [data-scan]").last
    link.click()
    expect(page.locator(".paper.on")).to_have_attribute("data-number", str(link.get_attribute("data-scan")))
    expect(page.locator('.thumbs [aria-current="true"]')).to_have_count(1)


def pass_by_keyboard(page: Page, platform: Platform, submission_id: str, username: str, version: int) -> None:
    """Approve at a tier: one stroke, and one more for the category at the last; who hears of it stands there."""
    reviewer = Someone(platform.url)
    reviewer.log_in(username)
    case = open_case(reviewer, submission_id, version)
    desk = f"/review/cases/{case['case_id']}"
    come_in(page, username, desk)
    page.wait_for_load_state("networkidle")  # what was decided on this case before is answered by now, and moves nobody
    assert page.url.endswith(desk)
    name = shown(page)
    told = f"通过后转至“{NEXT[username]}”" if username in NEXT else "最后一级"
    expect(page.locator(".then.on-approval")).to_contain_text(told)
    shoot(page, f"tier-{username}")
    if username == TIERS[-1]:
        page.keyboard.press("3")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#pending")).to_contain_text(f"通过 {name}")
    page.goto("/review")
