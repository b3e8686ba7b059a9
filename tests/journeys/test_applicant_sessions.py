"""Nothing gets lost: a session that ends in the middle of an entry, and two tabs with the same entry open."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.applicants import OWN, POOL, at_home, keep, sections
from tests.journeys.browser import violations
from tests.journeys.people import new_applicant
from tests.journeys.platform import Platform

pytestmark = pytest.mark.timeout(180)
DIRECTIONS = f"{POOL}/sections/research_directions"


def test_a_session_that_ends_is_begun_anew_beside_the_page_and_the_draft_goes_on(
    platform: Platform, browser: Browser
) -> None:
    someone = new_applicant(platform.url)
    with at_home(browser, someone) as page:
        page.goto(f"{DIRECTIONS}/entries/new")
        page.fill("#direction", "固态电解质界面")
        page.context.clear_cookies(name="juxian")
        page.fill("#discipline", "材料科学与工程")
        page.wait_for_selector("#session-over[open]")
        assert violations(page) == []
        keep(page, "session-over")
        with page.context.expect_page() as beside:
            page.click("#session-over .btn-primary")
        log_in(beside.value, someone.username)
        page.click("#session-over [data-close]")
        page.wait_for_selector("[data-saved-at]:not(:empty)")
        assert page.input_value("#direction") == "固态电解质界面"
        page.click("form.entry-edit .form-foot .btn-primary")
        page.wait_for_selector(".card.entry")

    values = sections(someone)["research_directions"]["entries"][0]["values"]
    assert (values["direction"], values["discipline"]) == ("固态电解质界面", "材料科学与工程")


def log_in(page: Page, username: str) -> None:
    """Log in in the tab that was opened for it."""
    page.fill("#username", username)
    page.fill("#password", OWN)
    page.press("#password", "Enter")
    page.wait_for_selector("text=请关闭本页")


def test_two_tabs_with_one_entry_are_told_kindly_and_keep_both_texts(platform: Platform, browser: Browser) -> None:
    someone = new_applicant(platform.url)
    made = someone.call(
        "POST", f"{DIRECTIONS}/entries", {"direction": "固态电解质", "discipline": "材料学"}, status=201
    )
    with at_home(browser, someone) as first:
        second = first.context.new_page()
        for tab in (first, second):
            tab.goto(f"{DIRECTIONS}/entries/{made['entry_id']}")
        second.fill("#discipline", "第二个标签页填写的")
        second.wait_for_selector("[data-saved-at]:not(:empty)")
        first.fill("#discipline", "第一个标签页填写的")
        first.wait_for_selector("[data-saved-at]:has-text('别处保存过')")
        first.click("form.entry-edit .form-foot .btn-primary")
        told = first.inner_text("#errors")
        assert ("第一个标签页填写的" in told, "第二个标签页填写的" in told) == (True, True)
        assert first.input_value("#discipline") == "第一个标签页填写的"
        assert violations(first) == []
        keep(first, "two-tabs")
        first.click("form.entry-edit .form-foot .btn-primary")
        first.wait_for_selector(".card.entry")

    assert sections(someone)["research_directions"]["entries"][0]["values"]["discipline"] == "第一个标签页填写的"
