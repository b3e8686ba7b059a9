"""Two reviewers at one office, and applicants who change their minds: what the desk says, keeps, and never loses."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browser import opened
from tests.journeys.desks import approve, come_in, let_time_pass, shoot, shown
from tests.journeys.offices import PASSWORD, SLUG
from tests.journeys.platform import Platform
from tests.journeys.queues import Queue, open_queue
from tests.journeys.reviewing import decide, open_case, submission_when

Json = dict[str, Any]
COMPOSING = """() => document.body.dispatchEvent(
  new KeyboardEvent('keydown', {key: 'j', isComposing: true, bubbles: true}))"""


@pytest.fixture(scope="module")
def queue(platform: Platform) -> Queue:
    """Ten cases at an employer with two reviewers."""
    queue = open_queue(platform, 10, reviewers=2)
    queue.when_waiting(10)
    return queue


def place(case: Json) -> str:
    """Where a case lies."""
    return f"/review/cases/{case['case_id']}"


def waits(queue: Queue, name: str) -> Json:
    """The case of an applicant that waits."""
    items = queue.reviewer().get("/review/cases?state=waiting&limit=100")["items"]
    found: Json = next(item for item in items if item["applicant"]["name"] == name)
    return found


def beside(page: Page, queue: Queue, path: str) -> Page:
    """The desk of the second reviewer, in a browser of their own."""
    assert page.context.browser is not None
    context: BrowserContext = page.context.browser.new_context(
        base_url=queue.platform.url, locale="zh-CN", viewport={"width": 1360, "height": 900}
    )
    other = context.new_page()
    come_in(other, queue.usernames[1], path, PASSWORD)
    return other


@pytest.mark.timeout(180)
def test_what_happens_meanwhile_is_told_kindly(queue: Queue) -> None:
    names = list(queue.applicants)[:4]
    first, second, third, fourth = (waits(queue, name) for name in names)

    with opened(queue.platform.url, width=1360) as (page, _outside):
        come_in(page, queue.usernames[0], place(first), PASSWORD)
        page.clock.install()
        who_has_it_open(page, queue, first)
        decided_meanwhile(page, queue, second)
        filed_again_meanwhile(page, queue, third, names[2])
        withdrawn_meanwhile(page, queue, fourth, names[3])


def who_has_it_open(page: Page, queue: Queue, case: Json) -> None:
    """A colleague who opens the same case is told, and may take over."""
    other = beside(page, queue, place(case))
    expect(other.locator("#colleague")).to_contain_text("石主任 正在查看此申报")
    shoot(other, "colleague")
    other.locator("[data-take]").click()
    expect(other.locator("#colleague")).to_be_hidden()
    page.reload()
    expect(page.locator("#colleague")).to_contain_text("王科长 正在查看此申报")
    other.context.close()


def decided_meanwhile(page: Page, queue: Queue, case: Json) -> None:
    """The colleague was first: who, when and how is said, and what was written is still there to copy."""
    page.goto(place(case))
    colleague = queue.reviewer(1)
    decide(colleague, colleague.get(f"/review/cases/{case['case_id']}"), "return", comment="请补充")
    page.fill("#comment", "情况属实")
    approve(page, case["applicant"]["name"])
    let_time_pass(page)
    expect(page.locator(".failed")).to_contain_text("王科长")
    expect(page.locator(".failed")).to_contain_text("处理：退回")
    shoot(page, "stale")
    page.locator(".failed button", has_text="查看").click()
    expect(page.locator("#pane-doc")).to_contain_text("您写的意见：情况属实")


def filed_again_meanwhile(page: Page, queue: Queue, case: Json, name: str) -> None:
    """The applicant withdrew and filed anew: words and pins are kept over the newer version."""
    page.goto(place(case))
    applicant = queue.applicant(name)
    applicant.call("POST", f"/submissions/{case['submission_id']}/withdrawal", {}, status=200)
    queue.declare(applicant, name, field_of_work="焊接机器人")
    applicant.call("POST", "/submissions", {"programme": SLUG}, status=201)
    open_case(queue.reviewer(), case["submission_id"], 2)
    page.locator('.pinner[data-field="field_of_work"]').click()
    page.keyboard.type("请写明方向")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("请修改")
    approve(page, name)
    let_time_pass(page)
    expect(page.locator(".failed")).to_contain_text("申报人已提交新的版本")
    page.locator(".failed button", has_text="查看").click()
    expect(page.locator(".doc-head")).to_contain_text("第 2 版")
    expect(page.locator("#comment")).to_have_value("请修改")
    expect(page.locator("#pinned li")).to_contain_text(["专业领域：请写明方向"])
    shoot(page, "superseded")


def withdrawn_meanwhile(page: Page, queue: Queue, case: Json, name: str) -> None:
    """The applicant took it back: the desk says so, and the words stand there still."""
    page.goto(place(case))
    page.fill("#comment", "同意推荐上报")
    applicant = queue.applicant(name)
    applicant.call("POST", f"/submissions/{case['submission_id']}/withdrawal", {}, status=200)
    submission_when(applicant, case["submission_id"], status="withdrawn")
    approve(page, name)
    let_time_pass(page)
    page.locator(".failed button", has_text="查看").click()
    expect(page.locator("#pane-doc")).to_contain_text("您写的意见：同意推荐上报")


@pytest.mark.timeout(180)
def test_nothing_is_lost_and_no_key_is_taken_for_another(queue: Queue) -> None:
    names = list(queue.applicants)[4:8]
    first, second, third, fourth = (waits(queue, name) for name in names)

    with opened(queue.platform.url, width=1360) as (page, _outside):
        come_in(page, queue.usernames[0], place(first), PASSWORD)
        page.clock.install()
        typed_and_composed(page, names[0])
        taken_back(page, names[0])
        pinned_through_an_expired_session(page, queue, second)
        page.goto(place(third))
        approve(page, names[2])
        page.goto("/review")
        submission_when(queue.applicant(names[2]), third["submission_id"], tier="city_talent_office")
        switched_off(page, fourth)


def typed_and_composed(page: Page, name: str) -> None:
    """Keys are letters where somebody writes, and nothing while an input method composes."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.headers.get("x-csrf-token") else None)
    page.evaluate(COMPOSING)
    page.click("#comment")
    page.keyboard.type("jkrsm?")
    expect(page.locator("#comment")).to_have_value("jkrsm?")
    page.fill("#comment", "")
    page.keyboard.press("Escape")
    assert (shown(page), asked) == (name, [])


def taken_back(page: Page, name: str) -> None:
    """Within five seconds a decision is taken back by a key, with its words."""
    page.fill("#comment", "材料属实")
    approve(page, name)
    expect(page.locator("#pending")).to_contain_text(f"通过 {name}")
    page.keyboard.press("z")
    expect(page.locator("#pane-doc h1")).to_have_text(name)
    expect(page.locator("#comment")).to_have_value("材料属实")
    expect(page.locator("#pending > div")).to_have_count(0)


def pinned_through_an_expired_session(page: Page, queue: Queue, case: Json) -> None:
    """Two pins and a comment outlive the session: log in beside the page, and they are sent."""
    page.goto(place(case))
    for field, words in (("name", "请与证件一致"), ("field_of_work", "请写明方向")):
        page.locator(f'.pinner[data-field="{field}"]').click()
        page.keyboard.type(words)
    expect(page.locator("#pinned li")).to_have_count(2)
    shoot(page, "pins")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("请修改后再报")
    page.context.clear_cookies()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#session-over")).to_be_visible()
    beside_it = page.context.new_page()
    come_in(beside_it, queue.usernames[0], "/session", PASSWORD)
    beside_it.close()
    page.locator("#session-over [data-close]").click()
    expect(page.locator("#session-over")).to_be_hidden()
    let_time_pass(page)
    returned = submission_when(queue.applicant(case["applicant"]["name"]), case["submission_id"], status="returned")
    assert [(one["field"], one["comment"]) for one in returned["remarks"]] == [
        ("name", "请与证件一致"), ("field_of_work", "请写明方向"),
    ]  # fmt: skip


def switched_off(page: Page, case: Json) -> None:
    """Single letters can be switched off; they are then nothing."""
    page.goto("/review/settings")
    page.uncheck('[name="keys"]')
    page.locator('form[action="/review/settings/keys"] button').click()
    page.goto(place(case))
    name = shown(page)
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(page.locator("#pane-doc h1")).to_have_text(name)
    expect(page.locator("#comment")).not_to_be_focused()


@pytest.mark.timeout(120)
def test_many_are_approved_at_once_each_with_its_outcome(queue: Queue) -> None:
    with opened(queue.platform.url, width=1360) as (page, _outside):
        come_in(page, queue.usernames[0], "/review", PASSWORD)
        page.check("[data-tick-all]")
        page.locator("#batch button", has_text="批量通过所选").click()
        names = page.locator(".cases tbody th").all_inner_texts()
        shoot(page, "batch")
        late = waits(queue, names[0])
        applicant = queue.applicant(names[0])
        applicant.call("POST", f"/submissions/{late['submission_id']}/withdrawal", {}, status=200)
        submission_when(applicant, late["submission_id"], status="withdrawn")
        page.fill("#comment", "材料齐全，同意上报")
        page.locator("main form .btn-success").click()
        outcomes = page.locator(".cases tbody tr").all_inner_texts()
        shoot(page, "outcomes")
        assert ["未处理" in line for line in outcomes] == [name == names[0] for name in names]
        assert ["通过" in line for line in outcomes] == [name != names[0] for name in names]
