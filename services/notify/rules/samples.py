"""Invented events, so that every letter of every programme can be looked at before anybody gets it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from services.notify.rules.drafts import Administrators, Draft, Everyone, Json, Owner, Reviewers
from services.notify.rules.of_announcements import of_announcement
from shared.contracts import events
from shared.contracts.events import Event
from shared.programmes.shape import Programme

NAME, USERNAME = "张伟", "zhang.wei"
EMPLOYER_NAME = "鲁北新材料有限公司"
ID = UUID("01932f00-0000-7000-8000-000000000001")
NOW = datetime(2026, 11, 20, 2, 42, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 3, 12, tzinfo=UTC)
DUE_ON, UNTIL = date(2026, 11, 27), date(2026, 12, 11)
TOKEN = "sample-link"  # noqa: S105 - stands where a link's secret would
HASH = "0" * 64
ANNOUNCED = "本年度申报工作**即日起**开始。\n\n请各单位组织符合条件的人员登录平台填报，并于截止日期前完成审核。"
REVIEWER, REVIEWER_NAME = "刘建国", "liu.jianguo"
ADMINISTRATOR = "陈志远"
OF_REVIEWERS = frozenset({"reviewer_invited", "daily_digest"})
"""Letters about an account that are read by reviewers."""


def sample_events(programme: Programme) -> Iterator[Event]:
    """One event at least for every letter that events make, in the words of that programme."""
    yield from _of_accounts(programme)
    yield from _of_submissions(programme)
    yield from _of_cases(programme)
    yield from _of_changes(programme)


def other_drafts(programme: Programme) -> tuple[Draft, ...]:
    """The letters that no event makes: the digest and the announcement."""
    waiting = f"【{programme.title.say('zh')}】待审核：{NAME}（{EMPLOYER_NAME}）"
    items: list[Json] = [{"at": NOW.isoformat(), "subject": waiting}]
    digest: dict[str, Json] = {"items": items, "count": 1, "at": NOW.isoformat()}
    everyone = Everyone("everybody", programme.programme)
    return (
        Draft("daily_digest", Owner(ID), "/login", digest, programme.programme, shown=False),
        of_announcement(ID, "2026 年度申报工作通知", ANNOUNCED, NOW, ["申报指南.pdf"], everyone),
    )


def reader(draft: Draft) -> tuple[str, dict[str, Json]]:
    """Whom a sample greets, and what the letter says of that person, where real letters do (`actions.writing`)."""
    match draft.to:
        case Administrators():
            return ADMINISTRATOR, {}
        case Reviewers():
            return REVIEWER, {}
        case Owner() if draft.letter in OF_REVIEWERS:
            return REVIEWER, {"username": REVIEWER_NAME, "own_organization": EMPLOYER_NAME}
        case Owner() if "applicant" not in draft.params:
            return NAME, {"applicant": NAME, "username": USERNAME}
        case _:
            return NAME, {}


def _of_accounts(programme: Programme) -> Iterator[Event]:
    """Accounts opened in each way, passwords, addresses, notices."""
    account: dict[str, Any] = {
        "account_id": ID, "version": 1, "username": USERNAME, "name": NAME, "email": "zhang.wei@demo.juxian.test",
        "language": "zh", "mail_mode": "each", "roles": ("applicant",), "organization_id": None,
        "programmes": (programme.programme,), "programme": programme.programme, "opened_at": NOW,
    }  # fmt: skip
    link: dict[str, Any] = {"link_token": TOKEN, "link_expires_at": LATER}
    token = {"account_id": ID, "request_id": ID, "token": TOKEN, "expires_at": LATER}
    yield events.AccountOpened(**account, opened_by="registration")
    yield events.AccountOpened(**account, opened_by="import")
    yield events.AccountOpened(**account, opened_by="invitation", **link)
    yield events.PasswordResetAsked.model_validate({**token, "asked_at": NOW, "programme": programme.programme})
    yield events.PasswordChanged(account_id=ID, changed_at=NOW, by_reset=False)
    yield events.EmailChangeAsked.model_validate({**token, "email": "zhang.wei@example.test"})
    yield events.SecurityNoticed(account_id=ID, kind="reset_attempts", noticed_at=NOW)


def _of_submissions(programme: Programme) -> Iterator[Event]:
    """Filed, withdrawn, and scans that need a look."""
    submission: dict[str, Any] = {
        **_whose(programme), "employer_id": ID, "version": 1, "round": 1,
    }  # fmt: skip
    route = tuple(_step(programme, tier) for tier in range(len(programme.tiers)))
    hashes: dict[str, Any] = {"content_hash": HASH, "id_index": HASH, "id_last4_index": HASH}
    yield events.SubmissionFiled(**submission, route=route, filed_at=NOW, number=_number(programme), **hashes)
    yield events.SubmissionWithdrawn(**submission, first_tier=route[0], withdrawn_at=NOW)
    blurred = events.ScanItem(
        scan_id=ID, status="attention", code="legible", sentence_zh="图像不够清晰，请重新扫描后上传。",
        sentence_en="It is not sharp enough; please scan it again.", section=programme.sections[0].section,
    )  # fmt: skip
    yield events.ScansNeedAttention(
        notice_id=ID, account_id=ID, programme=programme.programme, scans=(blurred,), noticed_at=NOW
    )


def _of_cases(programme: Programme) -> Iterator[Event]:
    """Waiting, decided at each turn, overdue."""
    first, last = _step(programme, 0), _step(programme, -1)
    case: dict[str, Any] = {**_whose(programme), "version": 1, "round": 1, "sequence": 1}
    at_first, at_last = {**case, **_holder(first)}, {**case, **_holder(last)}
    decided: dict[str, Any] = {"decision_id": ID, "decided_at": NOW, "reviewer_id": ID}
    following: dict[str, Any] = {
        "next_tier": last.tier,
        "next_organization_id": ID,
        "next_organization_name": last.organization_name,
    }
    section = programme.sections[0].section
    remark = events.Remark(section=section, comment="证件扫描件不清晰，请重新上传。")
    waiting: dict[str, Any] = {"waiting_since": NOW, "due_on": DUE_ON, "told_at": LATER}
    yield events.TierReached(**at_first, reached_at=NOW, due_on=DUE_ON, again=False)
    yield events.TierDecided(**at_first, **decided, comment="材料齐全。", **following)
    yield events.Returned(
        **at_first, **decided, comment="材料不全，请补充。", remarks=(remark,), file_again_until=UNTIL
    )
    category = programme.categories[0].category if programme.categories else None
    number = programme.membership.number(2026, 7) if programme.membership else None
    yield events.Approved(
        **at_last, **decided, comment=None, category=category, number=number, approved_on=date(2026, 11, 20)
    )
    yield events.Overdue(**at_first, escalated=False, **waiting)
    yield events.Overdue(**at_first, escalated=True, **waiting)


def _of_changes(programme: Programme) -> Iterator[Event]:
    """Asked for, withdrawn, handed to another organization, decided."""
    section = programme.sections[0]
    change: dict[str, Any] = {
        "change_request_id": ID, "submission_id": ID, "programme": programme.programme, "account_id": ID,
        "applicant_name": NAME, "employer_name": EMPLOYER_NAME, "section": section.section, "kind": "change",
        "fields": ("mobile", "address"), **_holder(_step(programme, -1)),
    }  # fmt: skip
    asked = {**change, "employer_id": ID, "entry_id": None}
    yield events.ChangeRequested(**asked, filed_at=NOW, id_index=HASH)
    yield events.ChangeWithdrawn(**asked, withdrawn_at=NOW)
    yield events.ChangeHandedOver(**change, handed_at=NOW)
    yield events.ChangeDecided(**change, decision="approve", comment=None, decided_at=NOW, reviewer_id=ID)


def _whose(programme: Programme) -> dict[str, Any]:
    """Whose submission it is."""
    return {
        "submission_id": ID, "case_id": ID, "programme": programme.programme, "account_id": ID,
        "applicant_name": NAME, "employer_name": EMPLOYER_NAME, "talent_type": _talent_type(programme),
    }  # fmt: skip


def _talent_type(programme: Programme) -> str | None:
    """A talent type, where the programme asks for one at registration."""
    asked = programme.registration.fields if programme.registration else ()
    return next((one.choices[0].value for one in asked if one.field == "talent_type"), None)


def _number(programme: Programme) -> str:
    """The number of a submission, as profile gives it."""
    initials = "".join(word[0] for word in programme.programme.split("-")).upper()
    return f"{programme.membership.prefix if programme.membership else initials}-2026-000123"


def _step(programme: Programme, place: int) -> events.RouteStep:
    """A tier of the route and who holds it: the employer, or an office that bears the tier's title."""
    tier = programme.tiers[place]
    name = EMPLOYER_NAME if tier.tier == programme.tiers[0].tier else tier.title.say("zh")
    return events.RouteStep(tier=tier.tier, organization_id=ID, organization_name=name)


def _holder(step: events.RouteStep) -> dict[str, Any]:
    """The same as the events of a case say it."""
    return step.model_dump(include={"tier", "organization_id", "organization_name"})
