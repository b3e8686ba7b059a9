"""Deliveries at the administrator's desk: found, explained, counted, sent once more; letters looked at beforehand."""

from datetime import timedelta

import pytest

from services.notify.queries.wording import LETTERS
from services.notify.rules import WRITTEN_FOR
from services.notify.rules.causes import OTHERWISE, cause_in_words
from services.notify.rules.samples import sample_events
from services.notify.rules.titles import TITLES
from shared.contracts.identity import Role
from shared.kit import clock
from shared.programmes.catalogue import PROGRAMMES
from tests.builders.mail import MailServer
from tests.conftest import notes_told
from tests.services.notify import samples
from tests.services.notify.conftest import ADMIN, APPLICANT, As, Desk, who

ROOT = "/admin/deliveries"


async def failed(desk: Desk, mail: MailServer) -> None:
    """Two letters that failed for one cause, and one that waits for its next try."""
    mail.at_rcpt += ["550 no such mailbox", "550 no such mailbox", "451 busy"]
    await desk.hear(samples.filed(), samples.returned(), samples.approved())
    await desk.carry()


async def test_causes_are_counted_and_said_in_words(desk: Desk, call: As, mail: MailServer) -> None:
    await failed(desk, mail)
    await desk.hear(samples.tier_decided())
    await desk.carry((await desk.deliveries())[-1].id)

    answer = (await call(ADMIN, "GET", f"{ROOT}/summary")).json()

    assert answer["states"] == {
        "queued": 0, "sending": 0, "retry": 1, "failed": 2, "cancelled": 0, "sent_last_day": 1,
    }  # fmt: skip
    assert [(cause["state"], cause["cause"], cause["count"]) for cause in answer["causes"]] == [
        ("failed", "smtp 550", 2),
        ("retry", "smtp 451", 1),
    ]
    assert answer["causes"][0]["cause_text"] == "收件服务器拒收：邮箱不存在或不可用。"


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (None, None),
        ("smtp 550", "收件服务器拒收：邮箱不存在或不可用。"),
        ("smtp 535 before the letter", "邮件服务器不接受用户名或密码，请检查 JUXIAN_SMTP_URL。"),
        ("smtp 499", "邮件服务器暂时拒收，会再次投递。"),
        ("smtp 599", "邮件服务器拒收这封信。"),
        ("KeyError", OTHERWISE),
    ],
)
def test_every_cause_has_words(cause: str | None, words: str | None) -> None:
    assert cause_in_words(cause) == words


@pytest.mark.parametrize(
    ("query", "letters"),
    [
        ("?state=failed", ["submission_returned", "submission_filed"]),
        ("?cause=smtp%20451", ["submission_approved"]),
        ("?template=submission_filed", ["submission_filed"]),
        (f"?programme={samples.HEBEI}", []),
        ("?to=zhang.wei@demo.juxian.test&limit=1", ["submission_approved"]),
        ("?to=zhang.wei", []),
    ],
)
async def test_deliveries_are_found(desk: Desk, call: As, mail: MailServer, query: str, letters: list[str]) -> None:
    await failed(desk, mail)

    assert [item["letter"] for item in (await call(ADMIN, "GET", ROOT + query)).json()["items"]] == letters


async def test_one_delivery_tells_what_it_was_but_never_a_token(desk: Desk, call: As, mail: MailServer) -> None:
    async with desk.database.transaction() as session:
        until = await clock.now(session) + timedelta(minutes=30)
    await desk.hear(samples.filed(), samples.reset(expires_at=until))
    ordinary, reset = [(await call(ADMIN, "GET", f"{ROOT}/{row.id}")).json() for row in await desk.deliveries()]

    assert ordinary["subject"] == "【德州市高层次人才库】您的申报已提交"
    assert (ordinary["message_id"], ordinary["letter_title"]) == (
        f"<{ordinary['delivery_id']}@juxian.test>",
        "申报已提交",
    )
    assert (reset["subject"], reset["urgent"], reset["to"]) == (None, True, "z***@demo.juxian.test")
    assert samples.TOKEN not in str(reset)


async def test_all_of_a_cause_are_sent_once_more_and_noted(desk: Desk, call: As, mail: MailServer) -> None:
    await failed(desk, mail)
    listed = (await call(ADMIN, "GET", ROOT)).json()["items"]
    await desk.database.act(clock.advance, 5)

    retried = (await call(ADMIN, "POST", f"{ROOT}/retry", json={"cause": "smtp 550"})).json()
    again = (await call(ADMIN, "POST", f"{ROOT}/retry", json={"cause": "smtp 550"})).json()
    await desk.carry()

    assert (retried, again) == ({"retried": 2, "expired": 0}, {"retried": 0, "expired": 0})
    assert len(mail.letters) == 2
    later = (await call(ADMIN, "GET", ROOT)).json()["items"]
    assert [item["created_at"] for item in later] == [item["created_at"] for item in listed]
    noted = [(note.action, note.detail) for note in await notes_told(desk.database)]
    said = {"state": "failed", "cause": "smtp_550"}
    assert noted == [("deliveries_retried", {**said, "count": number}) for number in (2, 0)]


async def test_an_expired_link_is_not_sent_once_more(desk: Desk, call: As, mail: MailServer) -> None:
    mail.at_rcpt.append("550 no such mailbox")
    async with desk.database.transaction() as session:
        until = await clock.now(session) + timedelta(minutes=30)
    await desk.hear(samples.reset(expires_at=until))
    await desk.carry()
    await desk.database.act(clock.advance, 1801)

    answer = (await call(ADMIN, "POST", f"{ROOT}/retry", json={})).json()

    assert answer == {"retried": 0, "expired": 1}
    assert [item["can_retry"] for item in (await call(ADMIN, "GET", ROOT)).json()["items"]] == [False]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/admin/deliveries/summary"),
        ("GET", f"/admin/deliveries/{samples.CASE}"),
        ("POST", "/admin/deliveries/retry"),
        ("GET", "/admin/letters"),
        ("GET", "/admin/letters/password_reset"),
    ],
)
@pytest.mark.parametrize("role", [None, "applicant", "reviewer"])
async def test_only_administrators_look(desk: Desk, call: As, role: Role | None, method: str, path: str) -> None:
    caller = who(samples.REVIEWER, role) if role else None
    given: dict[str, object] = {"json": {}} if method == "POST" else {}

    assert (await call(caller, method, path, **given)).status_code == 403


async def test_messages_are_counted_while_they_are_unread(desk: Desk, call: As) -> None:
    await desk.hear(samples.filed(), samples.returned())
    newest = (await call(APPLICANT, "GET", "/messages")).json()
    await call(APPLICANT, "POST", f"/messages/{newest['items'][0]['message_id']}/read")
    rest = (await call(APPLICANT, "GET", "/messages?unread=true")).json()
    everything = (await call(APPLICANT, "POST", "/messages/read")).json()

    assert newest["unread"] == 2
    assert (rest["unread"], [item["letter"] for item in rest["items"]]) == (1, ["submission_filed"])
    assert everything == {"read": 1}
    assert (await call(APPLICANT, "GET", "/messages")).json()["unread"] == 0


async def test_every_letter_can_be_looked_at_in_every_programme_and_language(desk: Desk, call: As) -> None:
    items = (await call(ADMIN, "GET", "/admin/letters")).json()["items"]

    assert [item["letter"] for item in items] == list(LETTERS.names) == sorted(TITLES)
    assert {one["programme"] for one in items[0]["programmes"]} == set(PROGRAMMES)
    for slug, programme in PROGRAMMES.items():
        assert {type(event) for event in sample_events(programme)} == set(WRITTEN_FOR)
        for item in items:
            for language in ("zh", "en"):
                path = f"/admin/letters/{item['letter']}?programme={slug}&language={language}"
                shown = (await call(ADMIN, "GET", path)).json()
                assert programme.title.say(language) in shown["subject"], path
                assert "None" not in shown["text"], path
                assert "</html>" in shown["html"], path


async def test_a_sample_says_to_its_reader_what_a_real_letter_says(desk: Desk, call: As) -> None:
    texts = {}
    for name in ("case_waiting", "case_escalated", "reviewer_invited", "submission_approved", "announcement"):
        texts[name] = (await call(ADMIN, "GET", f"/admin/letters/{name}?programme={samples.DEZHOU}")).json()["text"]

    assert [text.partition("，您好")[0] for text in texts.values()] == ["刘建国", "陈志远", "刘建国", "张伟", "张伟"]
    assert ["用户名：" in text for text in texts.values()] == [False, False, True, False, False]
    assert ["申报人：张伟" in text for text in texts.values()] == [True, True, False, True, False]
    assert ("人才类型：" in texts["case_waiting"], "人才编号：DZ2026000007" in texts["submission_approved"]) == (
        True,
        True,
    )


@pytest.mark.parametrize("path", ["/nothing", "/password_reset?programme=nothing", "/_base"])
async def test_a_letter_that_is_none_is_not_found(desk: Desk, call: As, path: str) -> None:
    assert (await call(ADMIN, "GET", f"/admin/letters{path}")).status_code == 404
