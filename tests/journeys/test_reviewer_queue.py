"""A clerk and a queue: thirty cases by keyboard alone, through more lines than stand beside a case."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import opened
from tests.journeys.desks import approve, come_in, let_time_pass, shoot, shown
from tests.journeys.offices import PASSWORD
from tests.journeys.people import Mailbox
from tests.journeys.platform import Platform, wait_until
from tests.journeys.queues import Queue, open_queue

Json = dict[str, Any]
COUNT, DECIDED, LINES = 34, 30, 30
RETURNED = frozenset({4, 14, 24})
"""Which of the thirty go back."""


@pytest.fixture(scope="module")
def queue(platform: Platform) -> Queue:
    """More cases than the lines of a desk, at an employer."""
    return open_queue(platform, COUNT)


@pytest.mark.timeout(180)
def test_a_clerk_decides_thirty_cases_by_keyboard_alone(queue: Queue, mailbox: Mailbox) -> None:
    cases = queue.when_waiting(COUNT)

    with opened(queue.platform.url, width=1360) as (page, outside):
        come_in(page, queue.usernames[0], "/review", PASSWORD)
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/review/cases/*")
        assert shown(page) == cases[0]["applicant"]["name"]
        across_the_page(page, cases)
        page.clock.install()
        page.goto(f"/review/cases/{cases[0]['case_id']}?state=waiting&sort=filed")
        decided = [decide_one(page, at) for at in range(DECIDED)]
        shoot(page, "queue")
        let_time_pass(page)
        expect(page.locator("#pending > div")).to_have_count(0)
        check_decided(queue, decided, mailbox)
        assert outside == []


def across_the_page(page: Page, cases: list[Json]) -> None:
    """From the last line of the queue to the next, which stands on another page of the queue, and back."""
    page.goto(f"/review/cases/{cases[LINES - 1]['case_id']}")
    place = page.locator(".q-foot span").first
    expect(place).to_have_text(f"{LINES} / {COUNT}")
    expect(page.locator(".qi")).to_have_count(LINES)
    page.keyboard.press("j")
    expect(place).to_have_text(f"{LINES + 1} / {COUNT}")
    expect(page.locator(".qi")).to_have_count(COUNT - LINES)
    assert shown(page) == cases[LINES]["applicant"]["name"]
    page.keyboard.press("k")
    expect(place).to_have_text(f"{LINES} / {COUNT}")


def decide_one(page: Page, at: int) -> str:
    """Decide the case on the desk, by keys alone; gives whose it was. Filters and focus are where they were."""
    name = shown(page)
    if at in RETURNED:
        page.keyboard.press("r")
        page.keyboard.type("请写明专业领域")
    approve(page, name)
    assert page.url.endswith("?state=waiting&sort=filed")
    expect(page.locator("#pane-doc")).to_be_focused()
    return name


def check_decided(queue: Queue, decided: list[str], mailbox: Mailbox) -> None:
    """Each of them is decided exactly once, the others wait; and each applicant hears of it."""
    assert len(set(decided)) == DECIDED
    someone = queue.reviewer()
    queue.when_waiting(COUNT - DECIDED, someone)
    made = someone.get("/review/cases?state=decided&limit=100")["items"]
    assert {item["applicant"]["name"] for item in made} == set(decided)
    returned = {item["applicant"]["name"] for item in made if item["state"] == "returned"}
    assert returned == {decided[at] for at in RETURNED}
    history = someone.get(f"/review/cases/{made[0]['case_id']}")["history"]
    assert [step["decision"] for step in history if step["decision"]] == ["approve"]
    wait_until(lambda: all(_of(queue, mailbox, decided[at]) for at in RETURNED), 40, "letters to who must correct")
    passed = {decided[at] for at in range(DECIDED) if at not in RETURNED}
    wait_until(lambda: passed <= _named(mailbox), 40, "letters to the office that is next")


def _of(queue: Queue, mailbox: Mailbox, name: str) -> bool:
    """Whether the applicant has read what is to be corrected, once."""
    return sum("请写明专业领域" in letter["text"] for letter in mailbox.to(queue.address(name))) == 1


def _named(mailbox: Mailbox) -> set[str]:
    """Whom the letters to the next office name."""
    subjects = [letter["subject"] for letter in mailbox.to("office-xiongan@offices.test")]
    return {subject.partition("待审核：")[2].partition("（")[0] for subject in subjects}
