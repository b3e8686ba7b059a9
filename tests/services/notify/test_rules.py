"""The law of letters: who is written to, in what words, and what is never shown."""

from dataclasses import replace

import pytest

from services.notify.rules import (
    Administrators,
    Json,
    Owner,
    Reader,
    Reviewers,
    digest_key,
    drafts_of,
    event_key,
    masked,
    words,
)
from shared.contracts.events import Event
from shared.programmes.catalogue import PROGRAMMES
from tests.services.notify import samples

CHINESE = Reader("张伟", "zh", str)
DEZHOU = PROGRAMMES[samples.DEZHOU]
APPLICANT, REVIEWERS = Owner(samples.ACCOUNT), Reviewers(samples.EMPLOYER, samples.ACCOUNT)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (samples.opened(), [("account_registered", APPLICANT)]),
        (samples.opened("import"), [("account_provisioned", APPLICANT)]),
        (samples.opened("operator"), []),
        (samples.opened("invitation"), []),
        (samples.filed(), [("submission_filed", APPLICANT)]),
        (samples.reached(), [("case_waiting", REVIEWERS)]),
        (samples.tier_decided(), [("tier_approved", APPLICANT)]),
        (samples.returned(), [("submission_returned", APPLICANT)]),
        (samples.approved(), [("submission_approved", APPLICANT)]),
        (samples.scans(), [("scans_need_attention", APPLICANT)]),
        (samples.scans(scans=()), []),
        (samples.change_requested(), [("change_requested", REVIEWERS)]),
        (samples.change_decided(), [("change_decided", APPLICANT)]),
        (samples.overdue(), [("case_overdue", REVIEWERS)]),
        (samples.overdue(escalated=True), [("case_escalated", Administrators())]),
    ],
)
def test_each_event_is_told_to_those_whom_the_table_names(event: Event, expected: list[tuple[str, object]]) -> None:
    assert [(draft.letter, draft.to) for draft in drafts_of(event)] == expected


def test_an_event_that_nobody_is_told_of_makes_no_letter() -> None:
    assert drafts_of(samples.organization()) == ()


def test_letters_with_a_token_are_urgent_expire_and_stand_in_no_portal() -> None:
    drafts = [draft for event in samples.every_event() for draft in drafts_of(event)]

    assert {(d.token is not None, d.urgent, d.shown, d.expires_at is not None) for d in drafts} == {
        (True, True, False, True),
        (False, False, True, False),
    }
    assert {d.letter for d in drafts if d.token} == {
        "reviewer_invited", "password_reset", "email_change_confirmation",
    }  # fmt: skip


def test_an_event_has_the_same_key_whenever_it_is_told() -> None:
    assert event_key(samples.filed()) == event_key(samples.filed())
    assert event_key(samples.filed()) != event_key(samples.filed(version=2))
    assert digest_key(samples.NOW.date()) == digest_key(samples.LATER.date())


@pytest.mark.parametrize(
    ("address", "shown"),
    [("zhang.wei@demo.juxian.test", "z***@demo.juxian.test"), ("a@b.test", "a***@b.test"), ("", "***")],
)
def test_an_address_is_shown_by_its_first_letter_and_domain(address: str, shown: str) -> None:
    assert masked(address) == shown


def said(name: str, value: Json, **other: Json) -> object:
    """What one parameter says in Chinese."""
    return words({name: value, **other}, DEZHOU, CHINESE, "")[name]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("at", "2026-11-20T16:30:00Z", "2026-11-21 00:30"),
        ("due_on", "2026-11-27", "2026-11-27"),
        ("tier", "county_hr_bureau", "县（市、区）人社局"),
        ("tier", "unheard", "unheard"),
        ("category", "B", "B 类"),
        ("category", "Z", "Z"),
        ("talent_type", "innovation", "创新人才"),
        ("talent_type", "unheard", "unheard"),
        ("talent_type", None, None),
        ("section", "education", "教育经历情况"),
        ("section", "unheard", "unheard"),
        ("kind", "add", "新增条目"),
        ("kind", "unheard", "unheard"),
        ("comment", "<b>好</b>", "<b>好</b>"),
    ],
)
def test_codes_and_moments_are_said_in_words(name: str, value: Json, expected: object) -> None:
    assert said(name, value) == expected


def test_fields_are_said_by_their_titles() -> None:
    assert said("fields", ["school", "unheard"], section="education") == "毕业院校、unheard"
    assert said("fields", "school") == ""


def test_remarks_name_their_place() -> None:
    remarks: list[Json] = [
        {"section": "basic", "field": "id_scan", "comment": "模糊"},
        {"section": "education", "field": None, "comment": "缺少"},
        {"section": None, "field": None, "comment": "核对"},
    ]

    assert said("remarks", remarks) == [
        {"place": "基本情况 · 证件扫描件", "comment": "模糊"},
        {"place": "教育经历情况", "comment": "缺少"},
        {"place": "整份申报", "comment": "核对"},
    ]
    assert said("remarks", None) is None
    assert said("remarks", "no list") == []


def test_without_a_programme_the_platform_speaks() -> None:
    plain = words({"tier": "employer", "talent_type": "innovation"}, None, CHINESE, "/login")

    assert (plain["programme"], plain["tier"], plain["talent_type"]) == ("聚贤人才申报平台", "employer", "innovation")
    assert plain["support"] == ["如有疑问，请联系您所在的单位或平台管理员。"]
    assert "first_tier" not in plain


def test_whom_to_ask_is_what_the_programme_names() -> None:
    only_phone = replace(DEZHOU, support=DEZHOU.support._replace(qq_group=None))

    assert words({}, only_phone, CHINESE, "")["support"] == ["咨询电话：0531-55575449、0531-55575450"]


def test_facts_are_listed_in_their_order_and_only_where_they_are_known() -> None:
    params: dict[str, Json] = {"at": "2026-11-20", "applicant": "张伟", "talent_type": None, "comment": "好"}

    assert words(params, DEZHOU, CHINESE, "")["facts"] == [
        ("programme", "德州市高层次人才库"), ("applicant", "张伟"), ("at", "2026-11-20"),
    ]  # fmt: skip
