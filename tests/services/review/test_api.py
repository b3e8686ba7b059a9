"""The doors: statuses and shapes as `public-api.md` has them, and who may come in."""

from typing import Any

import pytest

from services.review import actions
from shared.contracts.events import AccountOpened
from shared.contracts.identity import Caller
from shared.kit.database import Database
from shared.kit.ids import new_id
from tests.conftest import Client, ClientOf
from tests.services.review.profile_double import Profile
from tests.services.review.stories import BUREAU, EMPLOYER, MORNING, Story, approved, content, reviewer

UNIT = reviewer(EMPLOYER)


@pytest.fixture
async def client(review: Database, profile: Profile, client_of: ClientOf) -> Client:
    """The review service, called as the employer's reviewer unless said otherwise."""
    client = await client_of("review")
    client.headers.update(client.as_caller(UNIT))
    return client


async def waiting(review: Database, profile: Profile) -> Story:
    """A story that waits at the employer."""
    story = Story()
    await review.act(actions.open_case, story.filed())
    profile.keep(story.submission_id, 1, content(story), [{"scan_id": str(new_id()), "pages": 2, "checks": []}])
    return story


async def test_from_the_worklist_to_a_decision(client: Client, review: Database, profile: Profile) -> None:
    story = await waiting(review, profile)
    listed = (await client.get("/review/cases")).json()
    assert [item["case_id"] for item in listed["items"]] == [str(story.case_id)]
    assert listed["items"][0]["applicant"] == {"account_id": str(story.account_id), "name": "张伟"}

    case = (await client.get(f"/review/cases/{story.case_id}")).json()
    assert case["snapshot"]["sections"] == content(story)
    assert [scan["pages"] for scan in case["scans"]] == [2]

    made = await client.post(
        f"/review/cases/{story.case_id}/decisions", json={"decision": "approve", "version": case["version"]}
    )
    assert (made.status_code, made.json()["next_tier"]) == (201, "county_hr_bureau")
    assert set(made.json()) == {
        "decision_id", "case_id", "version", "tier", "decision", "decided_at", "state", "next_tier"
    }  # fmt: skip


async def test_who_comes_second_is_told_who_decided(client: Client, review: Database, profile: Profile) -> None:
    opened = AccountOpened(
        account_id=UNIT.person, version=1, username="unit-lubei", name="刘主任", email="unit-lubei@demo.juxian.test",
        language="zh", mail_mode="each", roles=("reviewer",), organization_id=EMPLOYER, programmes=(),
        opened_by="invitation", opened_at=MORNING,
    )  # fmt: skip
    await review.act(actions.know_reviewer, opened)
    story = await waiting(review, profile)
    await approved(review, Story(), until="employer")
    path, body = f"/review/cases/{story.case_id}/decisions", {"decision": "approve", "version": 1}
    await client.post(path, json=body)

    second = await client.post(path, json={**body, "decision": "return", "comment": "请补正"})

    problem = second.json()
    assert (second.status_code, problem["code"], problem["decision"]) == (409, "already_decided", "approve")
    assert problem["decided_by"]["name"] == "刘主任"
    assert problem["decided_by"]["organization"]["organization_id"] == str(EMPLOYER)
    assert "decided_at" in problem


async def test_the_same_key_gives_the_same_answer(client: Client, review: Database, profile: Profile) -> None:
    story = await waiting(review, profile)
    path, key = f"/review/cases/{story.case_id}/decisions", {"Idempotency-Key": "one-click"}
    body = {"decision": "approve", "version": 1}

    first, again = [await client.post(path, json=body, headers=key) for _ in range(2)]

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"decision": "return", "version": 1}, 422, "comment_missing"),
        ({"decision": "return", "version": 1, "comment": "\u3000 "}, 422, "comment_missing"),
        ({"decision": "approve", "version": 1, "category": "A"}, 422, "category_not_here"),
        ({"decision": "approve", "version": 2}, 409, "version_superseded"),
        ({"decision": "maybe", "version": 1}, 422, "invalid"),
        ({"decision": "approve", "version": 0}, 422, "invalid"),
        ({"decision": "approve", "version": 10**30}, 422, "invalid"),
        ({"decision": "approve", "version": 1, "state": "approved"}, 422, "invalid"),
        ({"decision": "approve", "version": 1, "reviewer_id": "me"}, 422, "invalid"),
        ({"decision": "return", "version": 1, "comment": "a\u0000b"}, 422, "invalid"),
        ({"decision": "return", "version": 1, "comment": "字" * 2001}, 422, "invalid"),
        ({"decision": "return", "version": 1, "comment": "请核对", "remarks": [{"comment": ""}]}, 422, "invalid"),
        (
            {"decision": "return", "version": 1, "comment": "请核对", "remarks": [{"comment": "见此", "section": "x"}]},
            422, "remark_misplaced",
        ),
        (
            {
                "decision": "return", "version": 1, "comment": "请核对",
                "remarks": [{"comment": "见此", "box": {"x": 0.9, "y": 0, "width": 0.2, "height": 1}}],
            },
            422, "invalid",
        ),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_named_and_changes_nothing(
    client: Client, review: Database, profile: Profile, body: dict[str, Any], status: int, code: str
) -> None:
    story = await waiting(review, profile)

    answer = await client.post(f"/review/cases/{story.case_id}/decisions", json=body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (await client.get("/review/cases")).json()["items"][0]["state"] == "in_review"


async def test_a_batch_is_answered_one_by_one(client: Client, review: Database, profile: Profile) -> None:
    first, second = await waiting(review, profile), await waiting(review, profile)
    decisions = [
        {"case_id": str(first.case_id), "decision": "approve", "version": 1},
        {"case_id": str(second.case_id), "decision": "approve", "version": 7},
    ]

    answer = await client.post("/review/decisions", json={"decisions": decisions}, headers={"Accept-Language": "en"})

    items = answer.json()["items"]
    assert (answer.status_code, [item["status"] for item in items]) == (207, [201, 409])
    assert items[0]["decision"]["next_tier"] == "county_hr_bureau"
    assert items[1]["problem"]["code"] == "version_superseded"
    assert "version 1" in items[1]["problem"]["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "state=open", "sort=id", "filed_after=yesterday", "organization=1", "cursor=x", "limit=101", "page=2",
        "query=a&query=b",
    ],
)  # fmt: skip
async def test_parameters_that_are_unknown_or_wrong_are_422(client: Client, query: str) -> None:
    assert (await client.get(f"/review/cases?{query}")).status_code == 422


@pytest.mark.parametrize(
    ("caller", "status"),
    [
        (None, 401),
        (Caller(actor="gateway"), 403),
        (Caller(actor="gateway", account_id=new_id(), roles=frozenset({"applicant"})), 403),
        (Caller(actor="gateway", account_id=new_id(), roles=frozenset({"administrator"})), 403),
        (reviewer(BUREAU), 404),
        (UNIT, 200),
    ],
)
async def test_who_may_open_a_case(
    client: Client, review: Database, profile: Profile, caller: Caller | None, status: int
) -> None:
    story = await waiting(review, profile)
    headers = client.as_caller(caller) if caller else {"Authorization": ""}

    assert (await client.get(f"/review/cases/{story.case_id}", headers=headers)).status_code == status


@pytest.mark.parametrize(("actor", "status"), [("profile", 200), ("gateway", 403), ("auth", 403)])
async def test_only_profile_asks_about_seals(client: Client, actor: Any, status: int) -> None:  # noqa: ANN401 - a service
    headers = client.as_caller(Caller(actor=actor))

    assert (await client.post("/internal/seals/unanswered", json={"items": []}, headers=headers)).status_code == status


async def test_statistics_and_change_requests_answer(client: Client, review: Database, profile: Profile) -> None:
    await waiting(review, profile)

    figures = (await client.get("/review/statistics?from=2026-11-01&to=2026-11-30")).json()
    assert [(one["tier"], one["waiting"], one["p90_seconds"]) for one in figures["items"]] == [("employer", 1, None)]
    assert (await client.get("/review/change-requests")).json() == {"items": [], "next_cursor": None}
    assert (await client.get(f"/review/change-requests/{new_id()}")).status_code == 404


async def test_the_worklist_is_a_spreadsheet_without_formulas(client: Client, review: Database) -> None:
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    story = Story(name="=HYPERLINK(1)", employer_id=new_id(), employer_name="@SUM(A1)")
    await review.act(actions.open_case, story.filed())

    answer = await client.get("/review/cases.xlsx?state=all", headers={"Accept-Language": "en"})

    assert answer.headers["content-disposition"] == 'attachment; filename="cases.xlsx"'
    headings, line, taken = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert headings[:3] == ["Number", "Applicant", "Employer"]
    assert line[:3] == ["DZ-2026-000123", "=HYPERLINK(1)", "@SUM(A1)"]
    assert str(UNIT.person) in str(taken[0])
