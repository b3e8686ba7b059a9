"""A reviewer's lists in a browser: search, columns, saved filters, spreadsheets; phrases, and a deputy."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.journeys.browser import opened, violations
from tests.journeys.desks import come_in, shoot
from tests.journeys.filling import ID_NUMBER
from tests.journeys.offices import PASSWORD
from tests.journeys.people import Someone
from tests.journeys.platform import Platform, wait_until
from tests.journeys.queues import Queue, names, open_queue

NAMES = names(3)
JOB = "019a0000-0000-7000-8000-000000000000"


@pytest.fixture(scope="module")
def queue(platform: Platform) -> Queue:
    """Three cases at an employer with two reviewers."""
    queue = open_queue(platform, len(NAMES), reviewers=2)
    queue.when_waiting(len(NAMES))
    return queue


def found(page: Page) -> set[str]:
    """Whom the list shows."""
    return set(page.locator(".cases tbody th a").all_inner_texts())


@pytest.mark.timeout(120)
def test_lists_are_searched_kept_and_taken_out(queue: Queue) -> None:
    with opened(queue.platform.url, width=1360) as (page, outside):
        come_in(page, queue.usernames[0], "/review", PASSWORD)
        searched(page)
        with_other_columns(page)
        kept_under_a_name(page)
        taken_out(page)
        assert outside == []

    admin = Someone(queue.platform.url)
    admin.log_in("admin")
    wait_until(lambda: _exports(admin, queue.employer_id) == [3], 30, "the export stands in the audit trail")


def searched(page: Page) -> None:
    """By name, pinyin, the last four of the ID, and the employer: from the head of any page."""
    first, everybody = {NAMES[0]}, set(NAMES)
    for words, who in ((NAMES[0], first), ("wmy", first), (ID_NUMBER[-4:], everybody), ("容城", everybody)):
        page.keyboard.press("/")
        page.fill("#find", words)
        page.keyboard.press("Enter")
        page.wait_for_function("words => new URLSearchParams(location.search).get('query') === words", arg=words)
        assert (words, found(page)) == (words, who)


def with_other_columns(page: Page) -> None:
    """The columns are the reviewer's own."""
    page.goto("/review")
    page.locator(".list-head summary").click()
    page.check('[name="column"][value="number"]')
    page.uncheck('[name="column"][value="filed"]')
    shoot(page, "columns")
    page.locator(".list-head form button").click()
    heads = ["姓名", "申报编号", "工作单位", "标记", "状态", "等待"]
    expect(page.locator(".cases thead th:not(.tick)")).to_have_text(heads)


def kept_under_a_name(page: Page) -> None:
    """A filter is kept under a name, comes back by a click, and can be forgotten."""
    page.goto("/review?state=waiting&foreign=true")
    page.locator(".views summary").click()
    page.fill("#view-name", "外籍人才")
    page.locator(".views form button").last.click()
    page.goto("/review")
    page.locator(".view a").click()
    assert page.url.endswith("/review?state=waiting&foreign=true")
    expect(page.locator(".empty-title")).to_have_text("没有符合条件的申报")
    assert violations(page) == []
    shoot(page, "views")
    page.locator(".view button").click()
    expect(page.locator(".view")).to_have_count(0)


def taken_out(page: Page) -> None:
    """A small list comes at once; a long one by a job whose progress is a page."""
    page.goto("/review")
    with page.expect_download() as loaded:
        page.locator("a", has_text="导出 Excel").click()
    book = CalamineWorkbook.from_filelike(BytesIO(Path(loaded.value.path()).read_bytes()))
    assert {row[1] for row in book.get_sheet_by_index(0).to_python()[1:4]} == set(NAMES)
    assert page.goto(f"/review/exports/{JOB}").status == 404  # type: ignore[union-attr]  # a page answers


def _exports(admin: Someone, organization_id: str) -> list[int]:
    """How many rows each export of the organization had."""
    noted = admin.get("/admin/audit?action=cases_exported&limit=50")["items"]
    return [one["detail"]["rows"] for one in noted if one["subject"]["id"] == organization_id]


@pytest.mark.timeout(120)
def test_an_office_has_its_phrases_and_a_colleague_stands_in(queue: Queue) -> None:
    with opened(queue.platform.url, width=1360) as (page, _outside):
        come_in(page, queue.usernames[0], "/review/settings", PASSWORD)
        page.fill("#phrases", "请补充聘用合同\n印章不清晰")
        page.locator('form[action="/review/settings/phrases"] button').click()
        expect(page.locator(".alert-success")).to_be_visible()
        page.select_option("#to", label="王科长")
        page.fill("#from_on", "2031-03-01")
        page.fill("#to_on", "2031-03-05")
        page.locator('form[action="/review/settings/delegations"] button').click()
        expect(page.locator("#main")).to_contain_text("石主任 委托 王科长")
        shoot(page, "settings")
        come_in(page, queue.usernames[1], "/review", PASSWORD)
        page.locator("a", has_text="开始审核").click()
        page.locator("[data-phrase]", has_text="印章不清晰").click()
        expect(page.locator("#comment")).to_have_value("印章不清晰")
