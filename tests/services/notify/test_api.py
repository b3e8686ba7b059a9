"""Notify's web door: messages, deliveries for administrators, announcements, the built-in mailbox."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from services.notify import app
from services.notify.settings import settings
from shared.contracts.identity import Caller
from shared.kit import clock
from tests.builders.mail import MailServer
from tests.services.notify import samples
from tests.services.notify.conftest import ADMIN, APPLICANT, As, Desk, who

PUBLIC = {"title": "申报通知", "body": "本年度申报**已经开始**。"}


async def test_messages_are_ones_own_newest_first_and_paged(desk: Desk, call: As) -> None:
    await desk.hear(samples.filed(), samples.tier_decided(), samples.reached(), samples.returned())

    first = (await call(APPLICANT, "GET", "/messages?limit=2")).json()
    rest = (await call(APPLICANT, "GET", f"/messages?limit=2&cursor={first['next_cursor']}")).json()

    assert [item["letter"] for item in first["items"]] == ["submission_returned", "tier_approved"]
    assert [item["letter"] for item in rest["items"]] == ["submission_filed"]
    assert rest["next_cursor"] is None
    assert first["items"][0]["link"] == f"/submissions/{samples.SUBMISSION}"
    assert first["items"][0]["subject"] == "【德州市高层次人才库】您的申报被退回，请修改后重新提交"
    assert "缺少硕士阶段的经历。" in first["items"][0]["text"]


async def test_messages_are_read_in_the_language_that_one_reads_now(desk: Desk, call: As) -> None:
    await desk.hear(samples.filed())
    english = await call(who(samples.ACCOUNT, language="en"), "GET", "/messages")

    assert english.json()["items"][0]["subject"] == "[Dezhou High-level Talent Pool] Your submission was filed"


async def test_a_message_is_read_once_and_by_its_owner_alone(desk: Desk, call: As) -> None:
    await desk.hear(samples.filed())
    (letter,) = await desk.letters()
    path = f"/messages/{letter.id}/read"

    first = (await call(APPLICANT, "POST", path)).json()
    second = (await call(APPLICANT, "POST", path)).json()
    other = await call(who(samples.REVIEWER), "POST", path)

    assert first["read_at"] == second["read_at"] is not None
    assert (other.status_code, other.json()["code"]) == (404, "not_found")


async def test_links_with_tokens_are_no_messages(desk: Desk, call: As) -> None:
    await desk.hear(samples.reset(), samples.invited())
    (letter, _) = await desk.letters()

    assert (await call(APPLICANT, "GET", "/messages")).json()["items"] == []
    assert (await call(APPLICANT, "POST", f"/messages/{letter.id}/read")).status_code == 404


@pytest.mark.parametrize("path", ["/messages", "/admin/deliveries", "/admin/announcements"])
async def test_a_visitor_is_asked_to_log_in_or_refused(call: As, path: str) -> None:
    method = "POST" if path == "/admin/announcements" else "GET"

    assert (await call(None, method, path, json=PUBLIC)).status_code in {401, 403}


@pytest.mark.parametrize("cursor", ["bm8", "W10", "WyJ4Il0", "W251bGwsbnVsbF0"])
@pytest.mark.parametrize("path", ["/messages", "/announcements", "/admin/deliveries"])
async def test_a_cursor_that_was_made_up_is_refused(call: As, path: str, cursor: str) -> None:
    answer = await call(ADMIN, "GET", f"{path}?cursor={cursor}")

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "cursor_unknown")


async def test_administrators_see_deliveries_with_masked_addresses(desk: Desk, call: As, mail: MailServer) -> None:
    mail.at_rcpt.append("550 no such mailbox")
    await desk.hear(samples.filed())
    await desk.carry()
    await desk.hear(samples.reached())

    failed = (await call(ADMIN, "GET", "/admin/deliveries?state=failed")).json()["items"]
    everything = (await call(ADMIN, "GET", "/admin/deliveries")).json()["items"]
    to_reviewer = (await call(ADMIN, "GET", "/admin/deliveries?to=unit-lubei@demo.juxian.test")).json()["items"]

    assert [(item["letter"], item["to"], item["last_error"]) for item in failed] == [
        ("submission_filed", "z***@demo.juxian.test", "smtp 550")
    ]
    assert [item["letter"] for item in everything] == ["case_waiting", "submission_filed"]
    assert [item["state"] for item in to_reviewer] == ["queued"]


async def test_only_administrators_look_after_deliveries(desk: Desk, call: As) -> None:
    await desk.hear(samples.filed())
    (row,) = await desk.deliveries()

    assert (await call(APPLICANT, "GET", "/admin/deliveries")).status_code == 403
    assert (await call(APPLICANT, "POST", f"/admin/deliveries/{row.id}/retry")).status_code == 403


async def test_a_delivery_that_failed_is_sent_once_more(desk: Desk, call: As, mail: MailServer) -> None:
    mail.at_rcpt.append("550 no such mailbox")
    await desk.hear(samples.filed())
    await desk.carry()
    (row,) = await desk.deliveries()

    again = await call(ADMIN, "POST", f"/admin/deliveries/{row.id}/retry")
    await desk.carry()
    sent = await call(ADMIN, "POST", f"/admin/deliveries/{row.id}/retry")
    missing = await call(ADMIN, "POST", f"/admin/deliveries/{samples.CASE}/retry")

    assert (again.status_code, again.json()["state"]) == (200, "retry")
    assert [letter.message_id for letter in mail.letters] == [f"<{row.id}@juxian.test>"]
    assert (sent.status_code, sent.json()["code"]) == (409, "delivery_not_failed")
    assert missing.status_code == 404


async def test_a_letter_whose_link_has_expired_is_not_sent_once_more(desk: Desk, call: As, mail: MailServer) -> None:
    mail.at_rcpt.append("550 no such mailbox")
    async with desk.database.transaction() as session:
        now = await clock.now(session)
    await desk.hear(samples.reset(expires_at=now + timedelta(minutes=30)))
    await desk.carry()
    await desk.database.act(clock.advance, 1801)
    (row,) = await desk.deliveries()

    answer = await call(ADMIN, "POST", f"/admin/deliveries/{row.id}/retry")

    assert (answer.status_code, answer.json()["code"]) == (409, "letter_expired")


async def test_announcements_are_seen_by_those_whom_they_are_for(call: As) -> None:
    now = datetime.now(UTC)
    for body in (
        PUBLIC,
        {**PUBLIC, "title": "置顶", "pinned": True},
        {**PUBLIC, "title": "给审核人员", "audience": "reviewers"},
        {**PUBLIC, "title": "将来", "publish_at": (now + timedelta(days=1)).isoformat()},
    ):
        assert (await call(ADMIN, "POST", "/admin/announcements", json=body)).status_code == 201

    async def titles(caller: Caller | None) -> list[str]:
        return [item["title"] for item in (await call(caller, "GET", "/announcements")).json()["items"]]

    assert await titles(None) == ["置顶", "申报通知"]
    assert await titles(who(samples.REVIEWER, "reviewer")) == ["置顶", "给审核人员", "申报通知"]


async def test_announcements_are_paged_and_read_one_by_one(call: As) -> None:
    for title in ("一", "二", "三"):
        await call(ADMIN, "POST", "/admin/announcements", json={**PUBLIC, "title": title})
    first = (await call(None, "GET", "/announcements?limit=2")).json()
    rest = (await call(None, "GET", f"/announcements?limit=2&cursor={first['next_cursor']}")).json()
    one = await call(None, "GET", f"/announcements/{rest['items'][0]['announcement_id']}")

    assert [item["title"] for item in first["items"] + rest["items"]] == ["三", "二", "一"]
    assert one.json() == {
        **rest["items"][0],
        "body": PUBLIC["body"],
        "html": "<p>本年度申报<strong>已经开始</strong>。</p>\n",
    }
    assert (await call(None, "GET", f"/announcements/{samples.CASE}")).status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"programme": "nothing"}, "unknown_programme"),
        ({"withdraw_at": "2020-01-01T00:00:00Z"}, "withdrawn_too_early"),
        ({"title": " "}, "wrong_format"),
        ({"unheard": 1}, "unknown_field"),
    ],
)
async def test_an_announcement_that_makes_no_sense_is_refused(call: As, change: dict[str, object], code: str) -> None:
    answer = await call(ADMIN, "POST", "/admin/announcements", json={**PUBLIC, **change})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


async def test_the_mailbox_shows_what_came_by_smtp(
    desk: Desk, call: As, configure: Callable[..., None], unused_tcp_port: int
) -> None:
    configure(mailbox_port=str(unused_tcp_port))
    application = call.client._transport.app  # type: ignore[attr-defined]  # the ASGI transport's
    await desk.hear(samples.filed(), samples.reached())
    async with app._with_mailbox(application):
        await desk.carry()

    everything = (await call(None, "GET", "/dev/mailbox/messages")).json()["items"]
    mine = (await call(None, "GET", "/dev/mailbox/messages?to=zhang.wei@demo.juxian.test")).json()["items"]
    part = (await call(None, "GET", "/dev/mailbox/messages?subject=待审核")).json()["items"]

    assert [item["to"] for item in everything] == ["unit-lubei@demo.juxian.test", "zhang.wei@demo.juxian.test"]
    assert [item["subject"] for item in mine] == ["【德州市高层次人才库】您的申报已提交"]
    assert [item["to"] for item in part] == ["unit-lubei@demo.juxian.test"]
    assert set(mine[0]) == {"message_id", "to", "subject", "sent_at", "text", "html"}
    assert f"/submissions/{samples.SUBMISSION}" in mine[0]["html"]


async def test_there_is_no_mailbox_beside_a_real_server(call: As, configure: Callable[..., None]) -> None:
    configure(smtp_url="smtp://mail.example.test")
    assert not settings().has_mailbox

    assert (await call(None, "GET", "/dev/mailbox/messages")).status_code == 404
