"""Accidents: whatever is killed comes back by itself, and the story ends the same."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle

import pytest

from tests.journeys.filling import Filler, employer
from tests.journeys.people import Mailbox, Someone, new_applicant
from tests.journeys.platform import Platform, is_ready, wait_until
from tests.journeys.reviewing import open_case, pass_tier, submission_when

POOL = "dezhou-talent-pool"
VICTIMS = (
    ("worker", "profile.scans"), ("events", "profile"), ("web", "review"), ("worker", "notify.mail"),
    ("events", "review"), ("web", "profile"), ("events", "notify"), ("web", "auth"), ("events", "auth"),
    ("web", "notify"), ("web", "gateway"), ("beat",),
)  # fmt: skip
PAUSE = 3.0
PATIENCE = 40.0


@contextmanager
def killing(platform: Platform) -> Iterator[list[tuple[str, ...]]]:
    """Kill one process after the other while the block runs; gives who died."""
    dead: list[tuple[str, ...]] = []
    enough = threading.Event()

    def kill() -> None:
        """Every few seconds the next one; one that is still coming up is spared."""
        for victim in cycle(VICTIMS):
            if enough.wait(PAUSE):
                return
            if platform.processes(*victim):
                platform.kill(*victim)
                dead.append(victim)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield dead
    finally:
        enough.set()
        thread.join()


@pytest.mark.timeout(400)
def test_a_story_ends_the_same_whoever_is_killed_on_the_way(
    platform: Platform, mailbox: Mailbox, as_demo: Callable[[str], Someone]
) -> None:
    applicant = new_applicant(platform.url, "崔晓峰")
    address = applicant.get("/me")["email"]
    reviewers = [as_demo(name) for name in ("unit-institute", "centre-371400", "office-371400")]
    for someone in (applicant, *reviewers):
        someone.patience = PATIENCE
    institute = employer(applicant, "德州市应用技术研究院")

    with killing(platform) as dead:
        Filler(applicant, POOL, institute, name="崔晓峰").fill(only_required=True)
        filing = {"programme": POOL, "organization_id": institute}
        submission_id = applicant.call("POST", "/submissions", filing, status=201)["submission_id"]
        for reviewer in reviewers[:2]:
            pass_tier(reviewer, submission_id, 1)
        pass_tier(reviewers[2], submission_id, 1, category="A")
        submission_when(applicant, submission_id, status="approved")
        wait_until(lambda: len(dead) >= len(VICTIMS), 60, "everybody was killed once")
    wait_until(lambda: is_ready(platform), 60, "everything is back")

    letters = mailbox.wait_for(address, 5, seconds=60)
    assert len({letter["subject"] for letter in letters}) == 5
    history = open_history(reviewers[2], submission_id)
    assert [entry["decision"] for entry in history if entry.get("decision")] == ["approve"] * 3


def open_history(reviewer: Someone, submission_id: str) -> list[dict[str, object]]:
    """The history of a decided case."""
    items = reviewer.get("/review/cases?state=decided&limit=100")["items"]
    case_id = next(item["case_id"] for item in items if item["submission_id"] == submission_id)
    history: list[dict[str, object]] = reviewer.get(f"/review/cases/{case_id}")["history"]
    return history


@pytest.mark.timeout(300)
@pytest.mark.parametrize("rival", ["file again", "withdraw"])
def test_the_employers_decision_and_the_applicants_second_thought_never_both_win(
    platform: Platform, as_demo: Callable[[str], Someone], rival: str
) -> None:
    applicant, unit = new_applicant(platform.url, "鲁思远"), as_demo("unit-lubei")
    lubei = employer(applicant, "鲁北新材料有限公司")
    Filler(applicant, POOL, lubei, name="鲁思远").fill(only_required=True)
    filing = {"programme": POOL, "organization_id": lubei}
    wins = {"decision": 0, rival: 0}

    for _ in range(10):
        filed = applicant.call("POST", "/submissions", filing, status=201)
        submission_id, version = filed["submission_id"], filed["version"]
        case = open_case(unit, submission_id, version)
        path = f"/review/cases/{case['case_id']}/decisions"
        verdict = {"decision": "return", "version": version, "comment": "请补充"}
        second = (f"/submissions/{submission_id}/withdrawal", None) if rival == "withdraw" else ("/submissions", filing)
        with ThreadPoolExecutor(2) as pool:
            decided = pool.submit(unit.answer, "POST", path, verdict)
            thought = pool.submit(applicant.answer, "POST", *second)
        codes = (decided.result().status_code, thought.result().status_code)
        assert codes in {(201, 409), (409, 201 if rival == "file again" else 200)}, codes
        wins["decision" if codes[0] == 201 else rival] += 1
        if codes[0] == 409 and rival == "file again":
            open_case(unit, submission_id, version + 1)
            applicant.call("POST", f"/submissions/{submission_id}/withdrawal")
        expected = "returned" if codes[0] == 201 else "withdrawn"
        submission_when(applicant, submission_id, status=expected)

    assert sum(wins.values()) == 10
