"""What reviewers do in the stories: find the case that waits, look at it, decide."""

from typing import Any

from tests.journeys.people import Someone
from tests.journeys.platform import wait_until

Json = dict[str, Any]
WITHIN = 40.0


def waiting(reviewer: Someone, submission_id: str) -> Json | None:
    """The case of that submission in the reviewer's worklist, or None."""
    items = reviewer.get("/review/cases?state=waiting&limit=100")["items"]
    return next((item for item in items if item["submission_id"] == submission_id), None)


def open_case(reviewer: Someone, submission_id: str, version: int) -> Json:
    """The case, as soon as that version waits for the reviewer."""

    def has_come() -> bool:
        """Whether it is in the worklist in that version."""
        item = waiting(reviewer, submission_id)
        return item is not None and item["version"] == version

    wait_until(has_come, WITHIN, f"version {version} of {submission_id} waits for {reviewer.username}")
    item = waiting(reviewer, submission_id)
    assert item is not None
    case: Json = reviewer.get(f"/review/cases/{item['case_id']}")
    return case


def decide(reviewer: Someone, case: Json, decision: str, status: int = 201, **more: object) -> Json:
    """Decide on the version that the reviewer sees."""
    body = {"decision": decision, "version": case["version"], **more}
    answer: Json = reviewer.call("POST", f"/review/cases/{case['case_id']}/decisions", body, status=status)
    return answer


def pass_tier(
    reviewer: Someone, submission_id: str, version: int, *, category: str | None = None, comment: str | None = None
) -> Json:
    """Open the case at this tier and approve it."""
    said = {name: value for name, value in {"category": category, "comment": comment}.items() if value}
    body = {"decision": "approve", "version": version, **said}
    case = open_case(reviewer, submission_id, version)
    answer: Json = reviewer.call("POST", f"/review/cases/{case['case_id']}/decisions", body, status=201)
    return answer


def submission_when(applicant: Someone, submission_id: str, **expected: object) -> Json:
    """The submission, as soon as its members are as expected."""

    def is_so() -> bool:
        """Whether every member has its expected value."""
        now = applicant.get(f"/submissions/{submission_id}")
        return all(now[name] == value for name, value in expected.items())

    wait_until(is_so, WITHIN, f"submission {expected}")
    found: Json = applicant.get(f"/submissions/{submission_id}")
    return found
