"""The desk's doors: phrases, colleagues, delegations, claims, and the neighbours of a case."""

from typing import Any
from uuid import UUID, uuid5

import pytest

from services.review import actions
from shared.contracts.events import AccountChanged
from shared.contracts.identity import Caller
from shared.kit.database import Database
from shared.kit.ids import new_id
from tests.conftest import Client, ClientOf
from tests.services.review.conftest import set_clock
from tests.services.review.profile_double import Profile
from tests.services.review.reading import rows
from tests.services.review.stories import BUREAU, EMPLOYER, MORNING, Story, decide, reviewer, said

LIU, WANG, SUN = (uuid5(EMPLOYER, name) for name in ("reviewer", "wang", "sun"))
STRANGER = uuid5(BUREAU, "stranger")
NAMES = {LIU: "刘主任", WANG: "王科长", SUN: "孙建国"}


async def employ(review: Database, account_id: UUID, organization_id: UUID = EMPLOYER, **more: Any) -> None:  # noqa: ANN401 - any member of the event
    """Let auth tell of a reviewer."""
    said_of = {"version": 1, "roles": ("reviewer",), "organization_id": organization_id, **more}
    await review.act(
        actions.know_reviewer,
        AccountChanged(
            account_id=account_id, username="somebody", name=NAMES.get(account_id, "赵强"), language="zh",
            email="somebody@demo.juxian.test", mail_mode="each", programmes=(), **said_of,
        ),
    )  # fmt: skip


@pytest.fixture
async def client(review: Database, client_of: ClientOf) -> Client:
    """The review service; three reviewers work at the employer, and Liu calls unless said otherwise."""
    for account_id in NAMES:
        await employ(review, account_id)
    client = await client_of("review")
    client.headers.update(client.as_caller(reviewer(EMPLOYER, LIU)))
    return client


def as_(client: Client, account_id: UUID, organization_id: UUID = EMPLOYER) -> dict[str, str]:
    """The headers of another reviewer."""
    return client.as_caller(reviewer(organization_id, account_id))


async def test_an_office_shares_its_phrases(client: Client) -> None:
    assert (await client.get("/review/phrases")).json() == {"phrases": [], "changed_at": None, "changed_by": None}

    put = await client.put("/review/phrases", json={"phrases": ["请补充劳动合同首页。", " 印章不清 "]})

    assert (put.status_code, put.json()["phrases"]) == (200, ["请补充劳动合同首页。", "印章不清"])
    seen = (await client.get("/review/phrases", headers=as_(client, WANG))).json()
    assert seen == put.json()
    assert seen["changed_by"] == {"account_id": str(LIU), "name": "刘主任"}
    assert (await client.get("/review/phrases", headers=as_(client, new_id(), BUREAU))).json()["phrases"] == []
    assert (await client.put("/review/phrases", json={"phrases": []})).json()["phrases"] == []


@pytest.mark.parametrize("phrases", [["  "], ["字" * 201], ["同", "同 "], ["词"] * 51, [1], "词", ["a\u0000"]])
async def test_phrases_are_short_and_say_something_once(client: Client, phrases: object) -> None:
    assert (await client.put("/review/phrases", json={"phrases": phrases})).status_code == 422


async def test_colleagues_are_the_enabled_reviewers_of_ones_organization(client: Client, review: Database) -> None:
    await employ(review, new_id(), BUREAU)
    await employ(review, SUN, version=2, disabled=True)
    assert (await client.get("/review/colleagues")).json() == {"items": [{"account_id": str(WANG), "name": "王科长"}]}

    await employ(review, WANG, version=2, roles=("applicant",))
    assert (await client.get("/review/colleagues")).json() == {"items": []}


async def test_a_colleague_stands_in_for_some_days(client: Client, review: Database) -> None:
    span = {"from_on": "2026-11-17", "to_on": "2026-11-20"}
    made = await client.post("/review/delegations", json={"to": str(WANG), **span})

    assert (made.status_code, made.json()["active"], made.json()["mine"]) == (201, False, True)
    await set_clock(review, days=1)
    (seen,) = (await client.get("/review/delegations", headers=as_(client, WANG))).json()["items"]
    assert seen == {**made.json(), "active": True, "mine": False}
    assert (seen["delegator"]["name"], seen["deputy"]["name"]) == ("刘主任", "王科长")

    path = f"/review/delegations/{seen['delegation_id']}"
    assert (await client.delete(path, headers=as_(client, WANG))).status_code == 404
    assert (await client.delete(path)).status_code == 204
    assert (await client.delete(path)).status_code == 404
    assert (await client.get("/review/delegations")).json() == {"items": []}


async def test_a_delegation_that_is_over_is_not_listed(client: Client, review: Database) -> None:
    span = {"from_on": "2026-11-16", "to_on": "2026-11-16"}
    await client.post("/review/delegations", json={"to": str(WANG), **span})
    assert len((await client.get("/review/delegations")).json()["items"]) == 1

    await set_clock(review, days=1)
    assert (await client.get("/review/delegations")).json() == {"items": []}


@pytest.mark.parametrize(
    ("to", "from_on", "to_on", "code"),
    [
        (LIU, "2026-11-17", "2026-11-20", "deputy_is_oneself"),
        (STRANGER, "2026-11-17", "2026-11-20", "deputy_unknown"),
        (WANG, "2026-11-15", "2026-11-20", "span_in_the_past"),
        (WANG, "2026-11-20", "2026-11-19", "span_backwards"),
        (WANG, "2026-11-20", "2027-11-21", "span_too_long"),
        (WANG, "2026-11-20", "whenever", "invalid"),
    ],
    ids=["oneself", "stranger", "past", "backwards", "a year", "no date"],
)
async def test_a_delegation_that_cannot_be_is_refused(
    client: Client,
    to: UUID,
    from_on: str,
    to_on: str,
    code: str,
) -> None:
    body = {"to": str(to), "from_on": from_on, "to_on": to_on}
    answer = await client.post("/review/delegations", json=body)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    ("from_on", "to_on", "status"),
    [("2026-11-20", "2026-11-25", 409), ("2026-11-17", "2026-11-18", 409), ("2026-11-21", "2026-11-25", 201)],
)
async def test_nobody_has_two_deputies_on_one_day(client: Client, from_on: str, to_on: str, status: int) -> None:
    first = {"to": str(WANG), "from_on": "2026-11-18", "to_on": "2026-11-20"}
    await client.post("/review/delegations", json=first)

    again = await client.post("/review/delegations", json={"to": str(SUN), "from_on": from_on, "to_on": to_on})

    assert again.status_code == status


async def test_a_claim_tells_colleagues_and_blocks_nobody(client: Client, review: Database, profile: Profile) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    path = f"/review/cases/{story.case_id}/claim"
    mine = (await client.put(path)).json()
    assert (mine["claimed_by"], mine["mine"]) == ({"account_id": str(LIU), "name": "刘主任"}, True)

    second = await client.put(path, headers=as_(client, WANG))
    assert (second.status_code, second.json()) == (200, {**mine, "mine": False})
    (item,) = (await client.get("/review/cases", headers=as_(client, WANG))).json()["items"]
    assert (item["claimed_by"], item["claimed_until"]) == (mine["claimed_by"], mine["claimed_until"])
    assert (await client.delete(path, headers=as_(client, WANG))).status_code == 204
    assert (await client.get("/review/cases")).json()["items"][0]["claimed_by"] is not None

    taken = (await client.put(f"{path}?take=true", headers=as_(client, WANG))).json()
    assert (taken["claimed_by"]["name"], taken["mine"]) == ("王科长", True)
    await decide(review, story, EMPLOYER, said("approve"))
    assert (await client.put(path)).json()["code"] == "not_your_turn"


async def test_a_claim_runs_out_after_a_quarter_of_an_hour(client: Client, review: Database) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    path = f"/review/cases/{story.case_id}/claim"
    await client.put(path)

    await set_clock(review, days=16 / 1440)
    assert (await client.get("/review/cases")).json()["items"][0]["claimed_by"] is None
    assert (await client.put(path, headers=as_(client, WANG))).json()["mine"] is True
    assert (await client.delete(path, headers=as_(client, WANG))).status_code == 204
    assert (await client.get("/review/cases")).json()["items"][0]["claimed_until"] is None


async def test_a_desk_says_who_decides_and_how_much_waits(client: Client, review: Database, profile: Profile) -> None:
    stories = [Story(serial=at) for at in range(3)]
    for story in stories:
        await review.act(actions.open_case, story.filed())
    await decide(review, stories[0], EMPLOYER, said("approve"))
    await client.put("/review/phrases", json={"phrases": ["印章不清"]})

    desk = (await client.get("/review/desk")).json()

    assert desk["reviewer"] == {"account_id": str(LIU), "name": "刘主任"}
    assert desk["organization"]["organization_id"] == str(EMPLOYER)
    assert (desk["waiting"], desk["waiting_is_more"], desk["change_requests"]) == (2, False, 0)
    assert desk["phrases"]["phrases"] == ["印章不清"]


async def test_a_reviewer_keeps_filters_and_columns_for_the_own_desk_alone(client: Client, review: Database) -> None:
    chosen = {"views": [{"name": "外籍", "query": "foreign=true&query=张伟"}], "columns": ["employer", "waiting"],
              "keys": False}  # fmt: skip

    assert (await client.get("/review/desk")).json()["choices"] == {"views": [], "columns": [], "keys": True}
    assert (await client.put("/review/desk/choices", json=chosen)).json() == chosen
    assert (await client.get("/review/desk")).json()["choices"] == chosen
    assert (await client.get("/review/desk", headers=as_(client, WANG))).json()["choices"]["views"] == []
    assert "张伟" not in str(await rows(review, "SELECT choices FROM own_desk"))
    nameless = {"views": [{"name": " ", "query": ""}], "columns": []}
    assert (await client.put("/review/desk/choices", json=nameless)).status_code == 422


async def test_neighbours_are_found_within_the_same_filters(client: Client, review: Database) -> None:
    stories = [Story(serial=at) for at in range(3)]
    for story in stories:
        await review.act(actions.open_case, story.filed())
    other = Story(serial=9, employer_name="别处")
    await review.act(actions.open_case, other.filed(at=MORNING))

    answers = [
        (await client.get(f"/review/cases/{story.case_id}/neighbours?filed_after=2026-11-01T00:00:00Z")).json()
        for story in (stories[0], other)
    ]
    ids = sorted([*stories, other], key=lambda story: story.case_id)
    assert [answer["position"] for answer in answers] == [1, 4]
    assert answers[1] == {
        "position": 4, "total": 4, "total_is_more": False, "previous": str(ids[2].case_id), "next": None,
        "items": [], "before": None, "after": None,
    }  # fmt: skip
    stranger = client.as_caller(reviewer(BUREAU))
    assert (await client.get(f"/review/cases/{other.case_id}/neighbours", headers=stranger)).status_code == 404


DOORS = (
    ("GET", "/review/desk"), ("PUT", "/review/desk/choices"),
    ("GET", "/review/phrases"), ("PUT", "/review/phrases"), ("GET", "/review/colleagues"),
    ("GET", "/review/delegations"), ("POST", "/review/delegations"), ("DELETE", f"/review/delegations/{LIU}"),
    ("PUT", f"/review/cases/{LIU}/claim"), ("DELETE", f"/review/cases/{LIU}/claim"),
    ("GET", f"/review/cases/{LIU}/neighbours"),
)  # fmt: skip
BODIES: dict[str, dict[str, Any]] = {"/review/phrases": {"phrases": []}, "/review/desk/choices": {}}


@pytest.mark.parametrize(("method", "path"), DOORS)
@pytest.mark.parametrize("role", ["applicant", "administrator", "nobody"])
async def test_the_desk_is_for_reviewers(client: Client, method: str, path: str, role: Any) -> None:  # noqa: ANN401 - a role
    body = BODIES.get(path, {"to": str(WANG), "from_on": "2026-11-17", "to_on": "2026-11-17"})
    caller = Caller(actor="gateway", account_id=new_id(), roles=frozenset({role}))
    headers = {"Authorization": ""} if role == "nobody" else client.as_caller(caller)

    answer = await client.request(method, path, headers=headers, json=body if method in {"PUT", "POST"} else None)

    assert answer.status_code == (401 if role == "nobody" else 403)
