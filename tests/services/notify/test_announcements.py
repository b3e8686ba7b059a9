"""Announcements as people read them: found, read, and marked as read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.contracts.identity import Caller
from shared.kit import clock
from tests.services.notify import samples
from tests.services.notify.conftest import ADMIN, APPLICANT, As, Desk, who

REVIEWER = who(samples.REVIEWER, "reviewer")
PUBLIC = {"title": "申报通知", "body": "本年度申报**已经开始**。"}
PDF = ("指南.pdf", b"%PDF-1.7\nbody", "application/octet-stream")


async def made(call: As, **change: object) -> dict[str, Any]:
    """An announcement that was made."""
    answer = await call(ADMIN, "POST", "/admin/announcements", json={**PUBLIC, **change})
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def listed(call: As, caller: Caller | None, query: str = "") -> list[str]:
    """The titles that a caller finds."""
    return [item["title"] for item in (await call(caller, "GET", f"/announcements{query}")).json()["items"]]


@pytest.mark.parametrize(
    ("audience", "programme", "readers"),
    [
        ("everybody", None, ["visitor", "applicant", "reviewer"]),
        ("everybody", samples.HEBEI, ["visitor", "applicant", "reviewer"]),
        ("applicants", None, ["applicant"]),
        ("applicants", samples.DEZHOU, ["applicant"]),
        ("applicants", samples.HEBEI, []),
        ("reviewers", samples.DEZHOU, ["reviewer"]),
        ("reviewers", samples.HEBEI, []),
        ("administrators", None, []),
    ],
)
async def test_who_finds_an_announcement(
    desk: Desk, call: As, audience: str, programme: str | None, readers: list[str]
) -> None:
    one = await made(call, audience=audience, programme=programme)
    callers = {"visitor": None, "applicant": APPLICANT, "reviewer": REVIEWER}
    path = f"/announcements/{one['announcement_id']}"

    assert [name for name, caller in callers.items() if await listed(call, caller)] == readers
    assert [name for name, who in callers.items() if (await call(who, "GET", path)).status_code == 200] == readers
    assert await listed(call, ADMIN) == ["申报通知"]


async def test_announcements_are_found_by_words_category_and_programme(desk: Desk, call: As) -> None:
    await made(call, title="职称评审安排", category="policy", programme=samples.HEBEI)
    await made(call, title="系统维护", body="周六 100% 停机_维护", category="maintenance")

    assert await listed(call, None, "?query=评审") == ["职称评审安排"]
    assert await listed(call, None, "?query=停机_") == ["系统维护"]
    assert await listed(call, None, "?query=%25%25") == []
    assert await listed(call, None, "?category=policy") == ["职称评审安排"]
    assert await listed(call, None, f"?programme={samples.DEZHOU}") == ["系统维护"]


async def test_reading_one_marks_it_for_its_reader_alone(desk: Desk, call: As) -> None:
    one, two = await made(call, title="一"), await made(call, title="二")
    path = f"/announcements/{one['announcement_id']}"
    before = (await call(APPLICANT, "GET", "/announcements")).json()

    first, second = [(await call(APPLICANT, "GET", path)).json()["unread"] for _ in range(2)]
    after = (await call(APPLICANT, "GET", "/announcements")).json()
    visitor = (await call(None, "GET", "/announcements")).json()

    assert (before["unread"], [item["unread"] for item in before["items"]]) == (2, [True, True])
    assert (first, second) == (True, False)
    assert (after["unread"], [item["unread"] for item in after["items"]]) == (1, [True, False])
    assert await listed(call, APPLICANT, "?unread=true") == [two["title"]]
    assert (visitor["unread"], [item["unread"] for item in visitor["items"]]) == (None, [None, None])
    assert (await call(REVIEWER, "GET", "/announcements")).json()["unread"] == 2


async def test_it_comes_and_goes_at_its_time(desk: Desk, call: As) -> None:
    now = datetime.now(UTC)
    times = {"publish_at": now + timedelta(hours=1), "withdraw_at": now + timedelta(hours=2)}
    await made(call, **{name: at.isoformat() for name, at in times.items()})
    seen = []
    for _ in range(3):
        seen.append(await listed(call, None))
        await desk.database.act(clock.advance, 3600.0)

    assert seen == [[], ["申报通知"], []]


async def test_a_file_is_served_to_be_saved_and_to_its_readers_alone(desk: Desk, call: As) -> None:
    file = (await call(ADMIN, "POST", "/admin/announcements/attachments", files={"file": PDF})).json()
    one = await made(call, audience="applicants", attachments=[file["attachment_id"]])
    path = f"/announcements/{one['announcement_id']}/attachments/{file['attachment_id']}"

    answer = await call(APPLICANT, "GET", path)

    assert file == {"attachment_id": file["attachment_id"], "name": "指南.pdf", "type": "application/pdf", "size": 13}
    assert one["attachments"] == [file]
    assert (answer.content, answer.headers["content-type"]) == (PDF[1], "application/pdf")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%E6%8C%87%E5%8D%97.pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert [(await call(caller, "GET", path)).status_code for caller in (None, REVIEWER)] == [404, 404]
