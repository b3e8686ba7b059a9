"""Invented events, one or more for every letter: what tests of letters are made of."""

from datetime import UTC, date, datetime
from uuid import UUID

from shared.contracts import events
from shared.contracts.events import Event
from shared.kit.vault import vault

NOW = datetime(2026, 11, 20, 8, 42, 7, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 9, 12, 7, tzinfo=UTC)
ACCOUNT = UUID("01932f00-0000-7000-8000-000000000001")
REVIEWER = UUID("01932f00-0000-7000-8000-000000000002")
ADMINISTRATOR = UUID("01932f00-0000-7000-8000-000000000003")
SUBMISSION = UUID("01932f00-0000-7000-8000-000000000011")
CASE = UUID("01932f00-0000-7000-8000-000000000012")
REQUEST = UUID("01932f00-0000-7000-8000-000000000013")
EMPLOYER = UUID("01932f00-0000-7000-8000-000000000021")
BUREAU = UUID("01932f00-0000-7000-8000-000000000022")
SCAN = UUID("01932f00-0000-7000-8000-000000000031")
DEZHOU = "dezhou-talent-pool"
HEBEI = "hebei-professional-title"
TOKEN = "kP3vY0d8sample-token"

LETTERS = {
    "account_registered": "/login",
    "account_provisioned": "/login",
    "reviewer_invited": f"/reset/{TOKEN}",
    "password_reset": f"/reset/{TOKEN}",
    "password_changed": "/login",
    "email_change_confirmation": f"/email-confirmations/{TOKEN}",
    "security_notice": "/login",
    "submission_filed": f"/submissions/{SUBMISSION}",
    "submission_withdrawn": f"/submissions/{SUBMISSION}",
    "tier_approved": f"/submissions/{SUBMISSION}",
    "submission_returned": f"/submissions/{SUBMISSION}",
    "submission_approved": f"/submissions/{SUBMISSION}",
    "scans_need_attention": "/login",
    "case_waiting": f"/review/cases/{CASE}",
    "case_withdrawn": f"/review/cases/{CASE}",
    "case_overdue": f"/review/cases/{CASE}",
    "case_escalated": "/login",
    "change_requested": f"/review/change-requests/{REQUEST}",
    "change_withdrawn": f"/review/change-requests/{REQUEST}",
    "change_decided": f"/change-requests/{REQUEST}",
    "daily_digest": "/login",
    "announcement": f"/announcements/{REQUEST}",
}
"""Every letter, and the path that its one link leads to for the events below."""

PERSON = {
    "account_id": ACCOUNT, "version": 1, "username": "zhang.wei", "name": "张伟", "email": "zhang.wei@demo.juxian.test",
    "language": "zh", "mail_mode": "each", "roles": ("applicant",), "organization_id": None, "programmes": (DEZHOU,),
}  # fmt: skip
CASE_OF = {
    "case_id": CASE, "submission_id": SUBMISSION, "programme": DEZHOU, "account_id": ACCOUNT, "applicant_name": "张伟",
    "employer_name": "鲁北新材料有限公司", "talent_type": "innovation", "version": 1, "round": 1, "sequence": 1,
    "tier": "employer", "organization_id": EMPLOYER, "organization_name": "鲁北新材料有限公司",
}  # fmt: skip
SUBMISSION_OF = {
    "submission_id": SUBMISSION, "case_id": CASE, "programme": DEZHOU, "account_id": ACCOUNT, "applicant_name": "张伟",
    "employer_id": EMPLOYER, "employer_name": "鲁北新材料有限公司", "talent_type": "innovation",
    "version": 1, "round": 1,
}  # fmt: skip
CHANGE_OF = {
    "change_request_id": REQUEST, "submission_id": SUBMISSION, "programme": HEBEI, "account_id": ACCOUNT,
    "applicant_name": "张伟", "employer_name": "鲁北新材料有限公司", "section": "basic", "kind": "change",
    "fields": ("mobile", "address"), "organization_id": EMPLOYER, "organization_name": "鲁北新材料有限公司",
    "tier": "employer",
}  # fmt: skip
FIRST_TIER = events.RouteStep(tier="employer", organization_id=EMPLOYER, organization_name="鲁北新材料有限公司")
SECOND_TIER = events.RouteStep(
    tier="county_hr_bureau", organization_id=BUREAU, organization_name="德城区人力资源和社会保障局"
)
REMARKS = (
    events.Remark(section="basic", field="id_scan", comment="证件扫描件模糊，请重新上传。", scan=SCAN, page=1),
    events.Remark(section="education", comment="缺少硕士阶段的经历。"),
    events.Remark(comment="请核对全部日期。"),
)


def wrapped() -> str:
    """The sample token as auth wraps it."""
    return vault().wrap(TOKEN, "letter-token")


def opened(by: str = "registration", **other: object) -> events.AccountOpened:
    """An account that was opened."""
    return events.AccountOpened.model_validate(
        {**PERSON, "opened_by": by, "programme": DEZHOU, "opened_at": NOW, **other}
    )


def reviewer(**other: object) -> events.AccountOpened:
    """A reviewer of the employer, made without a letter."""
    return opened(
        "operator", account_id=REVIEWER, username="unit-lubei", name="李敏", email="unit-lubei@demo.juxian.test",
        roles=("reviewer",), organization_id=EMPLOYER, programmes=(), **other,
    )  # fmt: skip


def invited() -> events.AccountOpened:
    """The same reviewer, invited by a letter."""
    return reviewer(opened_by="invitation", link_token=wrapped(), link_expires_at=LATER)


def organization(**other: object) -> events.OrganizationChanged:
    """The employer."""
    return events.OrganizationChanged.model_validate({
        "organization_id": EMPLOYER, "version": 1, "name": "鲁北新材料有限公司",
        "pinyin": "lubeixincailiaoyouxiangongsi",
        "kind": "employer", "region": "371402", "municipal": False, "programmes": (DEZHOU,), **other,
    })  # fmt: skip


def filed(**other: object) -> events.SubmissionFiled:
    """A submission that was filed."""
    return events.SubmissionFiled.model_validate({
        **SUBMISSION_OF, "route": (FIRST_TIER, SECOND_TIER), "filed_at": NOW, "number": "DZ-2026-000123",
        "content_hash": "0" * 64, "id_index": "1" * 64, "id_last4_index": "2" * 64, **other,
    })  # fmt: skip


def reached(**other: object) -> events.TierReached:
    """A case that reached a tier."""
    return events.TierReached.model_validate(
        {**CASE_OF, "reached_at": NOW, "due_on": date(2026, 11, 27), "again": False, **other}
    )


def reset(**other: object) -> events.PasswordResetAsked:
    """A reset that was asked for."""
    return events.PasswordResetAsked.model_validate({
        "account_id": ACCOUNT, "request_id": REQUEST, "token": wrapped(), "asked_at": NOW, "expires_at": LATER,
        "programme": DEZHOU, **other,
    })  # fmt: skip


def returned(**other: object) -> events.Returned:
    """A case that was returned with remarks."""
    return events.Returned.model_validate({
        **CASE_OF, "decision_id": SCAN, "decided_at": NOW, "reviewer_id": REVIEWER, "comment": "材料不全。\n请补充。",
        "remarks": REMARKS, "file_again_until": date(2026, 12, 11), **other,
    })  # fmt: skip


def approved(**other: object) -> events.Approved:
    """A case that passed its last tier."""
    return events.Approved.model_validate({
        **CASE_OF, "tier": "city_talent_office", "organization_name": "德州市人才工作领导小组办公室",
        "decision_id": SCAN,
        "decided_at": NOW, "reviewer_id": REVIEWER, "comment": None, "category": "B", "number": "DZ2026000007",
        "approved_on": date(2026, 11, 20), **other,
    })  # fmt: skip


def overdue(**other: object) -> events.Overdue:
    """A case that waits too long."""
    return events.Overdue.model_validate(
        {**CASE_OF, "escalated": False, "waiting_since": NOW, "due_on": date(2026, 11, 27), "told_at": LATER, **other}
    )


def scans(**other: object) -> events.ScansNeedAttention:
    """Scans that need their owner."""
    blurred = {"scan_id": SCAN, "status": "attention", "code": "legible", "section": "basic", "field": "id_scan"}
    broken = {"scan_id": CASE, "status": "rejected", "code": "corrupt"}
    items = [
        {
            **blurred,
            "sentence_zh": "图像不够清晰，请重新扫描。",
            "sentence_en": "It is blurred; scan it again.",
        },
        {**broken, "sentence_zh": "文件已损坏，请重新上传。", "sentence_en": "The file is damaged; upload it again."},
    ]
    return events.ScansNeedAttention.model_validate(
        {"notice_id": REQUEST, "account_id": ACCOUNT, "programme": DEZHOU, "scans": items, "noticed_at": NOW, **other}
    )


def change_requested(**other: object) -> events.ChangeRequested:
    """A change request that waits."""
    return events.ChangeRequested.model_validate(
        {**CHANGE_OF, "employer_id": EMPLOYER, "entry_id": None, "filed_at": NOW, "id_index": "1" * 64, **other}
    )


def change_decided(**other: object) -> events.ChangeDecided:
    """A change request that was decided."""
    return events.ChangeDecided.model_validate(
        {**CHANGE_OF, "decision": "approve", "comment": None, "decided_at": NOW, "reviewer_id": REVIEWER, **other}
    )


def tier_decided(**other: object) -> events.TierDecided:
    """A tier that approved."""
    return events.TierDecided.model_validate({
        **CASE_OF, "decision_id": SCAN, "decided_at": NOW, "reviewer_id": REVIEWER, "comment": None,
        "next_tier": "county_hr_bureau", "next_organization_id": BUREAU,
        "next_organization_name": SECOND_TIER.organization_name, **other,
    })  # fmt: skip


def of_account(event: type[Event], **values: object) -> Event:
    """An event of the sample account."""
    return event.model_validate({"account_id": ACCOUNT, **values})


def every_event() -> tuple[Event, ...]:
    """At least one event for every letter and every branch in one."""
    token = {"token": wrapped(), "expires_at": LATER}
    withdrawn = {**SUBMISSION_OF, "first_tier": FIRST_TIER, "withdrawn_at": NOW}
    change = {**CHANGE_OF, "employer_id": EMPLOYER, "entry_id": SCAN, "withdrawn_at": NOW, "kind": "remove"}
    return (
        opened(),
        opened("import", programme=HEBEI),
        invited(),
        reset(),
        reset(programme=None),
        of_account(events.PasswordChanged, changed_at=NOW, by_reset=False),
        of_account(events.PasswordChanged, changed_at=NOW, by_reset=True),
        of_account(events.EmailChangeAsked, request_id=REQUEST, email="zhang@new.juxian.test", **token),
        of_account(events.SecurityNoticed, kind="address_used_again", noticed_at=NOW),
        of_account(events.SecurityNoticed, kind="reset_attempts", noticed_at=NOW),
        filed(),
        filed(version=2, talent_type=None),
        events.SubmissionWithdrawn.model_validate(withdrawn),
        reached(),
        reached(again=True, version=2, programme=HEBEI, talent_type=None),
        tier_decided(),
        tier_decided(comment="材料齐全。"),
        returned(),
        returned(remarks=(), programme=HEBEI, talent_type=None),
        approved(),
        approved(category=None, number=None, comment="同意。", programme=HEBEI, tier="employer"),
        scans(),
        change_requested(),
        change_requested(kind="add", section="education", fields=("school",), talent_type="innovation"),
        events.ChangeWithdrawn.model_validate(change),
        events.ChangeHandedOver.model_validate({**CHANGE_OF, "handed_at": NOW}),
        change_decided(),
        change_decided(decision="reject", comment="证明材料不符。"),
        overdue(),
        overdue(escalated=True),
    )
