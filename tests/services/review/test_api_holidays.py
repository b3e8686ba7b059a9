"""The honest clock: days that administrators declare, last days counted anew, and how long an office usually takes."""

from typing import Any

import pytest

from services.review import actions
from shared.contracts.events import HolidayChanged, TierReached
from shared.contracts.identity import Caller
from shared.kit.database import Database
from shared.kit.ids import new_id
from tests.conftest import Client, ClientOf, events_told, notes_told
from tests.services.review.conftest import set_clock
from tests.services.review.profile_double import Profile
from tests.services.review.reading import rows
from tests.services.review.stories import BUREAU, EMPLOYER, Story, approved, content, decide, reviewer, said

ADMIN = Caller(actor="gateway", account_id=new_id(), roles=frozenset({"administrator"}))


@pytest.fixture
async def client(review: Database, profile: Profile, client_of: ClientOf) -> Client:
    """The review service, called as an administrator unless said otherwise."""
    client = await client_of("review")
    client.headers.update(client.as_caller(ADMIN))
    return client


async def test_a_year_shows_what_is_not_as_its_weekday_says(client: Client) -> None:
    await client.put("/admin/holidays/2026-11-18", json={"working": False, "name": "单位搬迁"})
    items = (await client.get("/admin/holidays?year=2026")).json()["items"]
    shown = {item["day"]: (item["working"], item["name"], item["source"]) for item in items}

    assert shown["2026-01-01"] == (False, "元旦", "calendar")
    assert shown["2026-02-14"] == (True, "调休上班", "calendar")
    assert shown["2026-11-18"] == (False, "单位搬迁", "override")
    assert "2026-11-17" not in shown
    assert [item["day"] for item in items] == sorted(shown)


async def test_last_days_follow_the_calendar(client: Client, review: Database) -> None:
    """Filed on a Monday with five working days; Wednesday off, the weekend worked, then all taken back."""
    await review.act(actions.open_case, Story().filed())
    due = [await rows(review, "SELECT CAST(due_on AS text) FROM turn")]
    for day, working in (("2026-11-18", False), ("2026-11-22", True), ("2026-11-30", False)):
        assert (await client.put(f"/admin/holidays/{day}", json={"working": working})).status_code == 200
        due.append(await rows(review, "SELECT CAST(due_on AS text) FROM turn"))
    for day in ("2026-11-18", "2026-11-22"):
        assert (await client.delete(f"/admin/holidays/{day}")).status_code == 204
        due.append(await rows(review, "SELECT CAST(due_on AS text) FROM turn"))

    days = ["2026-11-23", "2026-11-24", "2026-11-23", "2026-11-23", "2026-11-22", "2026-11-23"]
    assert due == [[(day,)] for day in days]
    assert (await client.delete("/admin/holidays/2026-11-22")).status_code == 404


async def test_a_declared_day_is_told_and_noted(client: Client, review: Database) -> None:
    await client.put("/admin/holidays/2026-11-18", json={"working": False, "name": "停电"})
    await client.delete("/admin/holidays/2026-11-18")

    told = [event for event in await events_told(review) if isinstance(event, HolidayChanged)]
    assert [(str(event.day), event.working) for event in told] == [("2026-11-18", False), ("2026-11-18", None)]
    noted = [(note.action, note.subject_id, note.actor_id) for note in await notes_told(review)]
    assert noted == [
        ("holiday_declared", "2026-11-18", ADMIN.person), ("holiday_removed", "2026-11-18", ADMIN.person)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/admin/holidays?year=2026", None),
        ("PUT", "/admin/holidays/2026-11-18", {"working": True}),
        ("DELETE", "/admin/holidays/2026-11-18", None),
    ],
)
async def test_the_calendar_is_for_administrators(client: Client, method: str, path: str, body: Any) -> None:  # noqa: ANN401 - JSON
    headers = client.as_caller(reviewer(EMPLOYER))

    assert (await client.request(method, path, json=body, headers=headers)).status_code == 403


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("2026-13-01", {"working": True}), ("2026-11-18", {}), ("2026-11-18", {"working": True, "name": "字" * 61}),
        ("2026-11-18", {"working": None}),
    ],
)  # fmt: skip
async def test_a_day_that_is_none_is_refused(client: Client, path: str, body: dict[str, Any]) -> None:
    assert (await client.put(f"/admin/holidays/{path}", json=body)).status_code == 422


async def decided_after(review: Database, *days: int) -> None:
    """Cases of the employer that took so many days, all filed on the same Monday."""
    stories = [Story(serial=at) for at in range(len(days))]
    for story in stories:
        await review.act(actions.open_case, story.filed())
    for story, day in sorted(zip(stories, days, strict=True), key=lambda pair: pair[1]):
        await set_clock(review, days=day)
        await decide(review, story, EMPLOYER, said("approve"))


@pytest.mark.parametrize(
    ("days", "usual"),
    [((0, 1, 2, 3), None), ((0, 1, 2, 3, 4), (1, 3)), ((0, 0, 0, 1, 7, 8, 9, 10), (0, 6))],
    ids=["too few", "five", "over weekends"],
)
async def test_what_is_usual_comes_from_the_offices_own_record(
    client: Client, review: Database, profile: Profile, days: tuple[int, ...], usual: tuple[int, int] | None
) -> None:
    await decided_after(review, *days)
    story = Story(serial=99)
    await review.act(actions.open_case, story.filed())
    profile.keep(story.submission_id, 1, content(story))
    headers = client.as_caller(reviewer(EMPLOYER))

    case = (await client.get(f"/review/cases/{story.case_id}", headers=headers)).json()

    assert case["usual_days"] == (None if usual is None else {"from": usual[0], "to": usual[1]})
    reached = [event for event in await events_told(review) if isinstance(event, TierReached)][-1]
    assert (reached.usual_from, reached.usual_to) == (usual or (None, None))


async def test_another_offices_record_says_nothing(review: Database, profile: Profile) -> None:
    await decided_after(review, 0, 1, 2, 3, 4)
    await approved(review, Story(serial=99), until="employer")

    reached = [event for event in await events_told(review) if isinstance(event, TierReached)][-1]
    assert (reached.organization_id, reached.usual_from) == (BUREAU, None)
