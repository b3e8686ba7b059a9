"""A programme follows its own declaration, and one that contradicts itself is refused."""

from dataclasses import replace

import pytest

from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.sections import Work
from shared.programmes.shape import AfterApproval, Json, Membership, Prefill, Seat, Section, Tier, Words

DEZHOU, HEBEI = PROGRAMMES["dezhou-talent-pool"], PROGRAMMES["hebei-professional-title"]
WORK = Section("work", Words("工作经历", "Work"), Work, repeated=True)


def test_words_are_said_in_the_language_asked_for_and_else_in_chinese() -> None:
    assert [Words("职务", "Post").say(tag) for tag in ("zh", "en", "en-GB", "EN", "de", "zh-CN")] == [
        "职务",
        "Post",
        "Post",
        "Post",
        "职务",
        "职务",
    ]


@pytest.mark.parametrize(
    ("seat", "region"), [(Seat.EMPLOYER, "371402"), (Seat.COUNTY, "371402"), (Seat.CITY, "371400")]
)
def test_a_tier_is_sought_where_it_sits(seat: Seat, region: str) -> None:
    assert Tier("office", Words("办公室", "Office"), seat=seat).region("371402") == region


def test_a_tier_is_held_by_the_kind_of_its_name_unless_another_is_said() -> None:
    assert Tier("office", Words("办公室", "Office")).kind == "office"
    assert Tier("office", Words("办公室", "Office"), organization_kind="bureau").kind == "bureau"


def test_a_member_is_numbered_by_year_and_serial() -> None:
    assert Membership(Words("会员", "Member"), prefix="DZ").number(2026, 42) == "DZ2026000042"


def test_registration_begins_the_profile_and_the_rest_is_kept() -> None:
    prefill = Prefill(begins={"basic": ("name", "email")}, kept=("talent_type",))
    facts = {"name": "张伟", "email": None, "talent_type": "innovation"}

    assert prefill.beginning("basic", facts) == {"name": "张伟"}
    assert prefill.beginning("work", facts) == {}
    assert prefill.registration(facts) == {"talent_type": "innovation"}


def test_only_what_says_so_can_be_returned_after_approval() -> None:
    assert [(policy.value, policy.can_be_returned) for policy in AfterApproval] == [
        ("change_requests", False),
        ("return_or_change_requests", True),
    ]


def test_parts_are_found_by_name() -> None:
    assert DEZHOU.section("work").title == Words("工作经历情况", "Work")
    assert DEZHOU.tier("city_talent_office").classifies
    assert DEZHOU.category("B").title == Words("B 类", "Class B")
    assert DEZHOU.letters == DEZHOU.home / "letters"
    for look in (DEZHOU.section, DEZHOU.tier, DEZHOU.category, WORK.field):
        with pytest.raises(KeyError):
            look("nothing")


def test_two_sections_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        replace(HEBEI, sections=(WORK, WORK))


@pytest.mark.parametrize("tiers", [(), (HEBEI.tiers[0], HEBEI.tiers[0])])
def test_a_programme_has_tiers_each_once(tiers: tuple[Tier, ...]) -> None:
    with pytest.raises(ValueError, match="each once"):
        replace(HEBEI, tiers=tiers)


def test_categories_are_given_at_the_last_tier_and_only_there() -> None:
    with pytest.raises(ValueError, match="classifies"):
        replace(DEZHOU, categories=())
    with pytest.raises(ValueError, match="classifies"):
        replace(HEBEI, categories=DEZHOU.categories)


def test_a_programme_is_described_as_the_api_shows_it() -> None:
    shown = HEBEI.describe()

    assert list(shown) == [
        "programme", "title", "accounts", "registration", "sections", "tiers", "categories", "support",
    ]  # fmt: skip
    assert shown["registration"] == {"fields": []}
    assert shown["tiers"] == [
        {
            "tier": "employer",
            "title": {"zh": "所在单位", "en": "Employer"},
            "skipped_for_municipal": False,
            "classifies": False,
        }
    ]


def test_a_field_is_described_as_the_api_shows_it() -> None:
    assert DEZHOU.section("overseas_residency").field("kind").describe() == {
        "field": "kind",
        "type": "choice",
        "title": {"zh": "居住权类型", "en": "Kind of residency"},
        "help": None,
        "required": True,
        "max_length": None,
        "choices": [
            {"value": "permanent", "title": {"zh": "永久居留", "en": "Permanent"}},
            {"value": "long_term", "title": {"zh": "长期居留", "en": "Long-term"}},
        ],
    }


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("current", True, ("是", "Yes")),
        ("current", False, ("否", "No")),
        ("scan", ["a"], ("1 份", "1 file")),
        ("scan", ["a", "b"], ("2 份", "2 files")),
        ("post", "工程师", ("工程师", "工程师")),
        ("post", None, ("", "")),
    ],
)
def test_a_value_is_said_as_people_read_it(field: str, value: Json, said: tuple[str, str]) -> None:
    assert (WORK.field(field).say(value, "zh"), WORK.field(field).say(value, "en")) == said


def test_a_choice_is_said_by_its_title_and_a_code_of_old_by_itself() -> None:
    gender = DEZHOU.section("basic").field("gender")

    assert [gender.say("2", "zh"), gender.say("2", "en"), gender.say("7", "zh")] == ["女", "Female", "7"]
