"""What a whole profile lacks, and how two versions of it differ."""

from pathlib import Path

from shared.programmes.sections import Education, Work
from shared.programmes.shape import Accounts, Contents, Difference, Json, Programme, Section, Tier, Words

PROGRAMME = Programme(
    programme="sample",
    title=Words("示例", "Sample"),
    accounts=Accounts.ASSIGNED,
    sections=(
        Section("basic", Words("基本情况", "Basic facts"), Work),
        Section("education", Words("教育经历情况", "Education"), Education, repeated=True, minimum=1),
    ),
    tiers=(Tier("employer", Words("所在单位", "Employer")),),
    home=Path(__file__).parent,
)
STUDY: dict[str, Json] = {"school": "山东大学", "major": "化学"}


def test_everything_that_is_missing_is_listed_in_the_order_of_the_sections() -> None:
    missing = PROGRAMME.missing({"basic": {"current": True, "post": "工程师"}, "education": []})

    assert [(miss.section, miss.entry, miss.field, miss.code) for miss in missing] == [
        ("basic", None, "started_on", "required"),
        ("basic", None, "employer", "required"),
        ("basic", None, "scan", "required"),
        ("education", None, None, "too_few_entries"),
    ]


def test_too_few_entries_are_named_in_both_languages() -> None:
    assert PROGRAMME.missing({})[-1].message == Words(
        "教育经历情况至少填写 1 条", "Education: at least 1 entry is needed"
    )


def test_each_entry_is_judged_under_its_own_id() -> None:
    missing = PROGRAMME.missing({"education": [("e1", STUDY), ("e2", {})]})

    assert [(miss.entry, miss.field) for miss in missing if miss.field == "school"] == [("e2", "school")]


def test_a_complete_profile_lacks_nothing() -> None:
    work: dict[str, Json] = {
        "started_on": "2020-01-01",
        "current": True,
        "post": "工程师",
        "employer": "鲁北新材料有限公司",
        "scan": ["s"],
    }
    study = STUDY | {"degree": "408", "education_level": "21", "started_on": "2010-09-01", "ended_on": "2014-06-30"}

    assert PROGRAMME.missing({"basic": work, "education": [("e1", study | {"scan": ["s"]})]}) == []


def test_differences_of_fields_carry_both_values() -> None:
    old: Contents = {"basic": {"post": "工程师"}, "education": [("e1", STUDY)]}
    new: Contents = {"basic": {"post": "高级工程师", "current": True}, "education": [("e1", {"school": "山东大学"})]}

    assert PROGRAMME.differences(old, new) == [
        Difference("basic", None, "current", "changed", None, True),
        Difference("basic", None, "post", "changed", "工程师", "高级工程师"),
        Difference("education", "e1", "major", "changed", "化学", None),
    ]


def test_an_added_or_removed_entry_is_one_item() -> None:
    other: dict[str, Json] = {"school": "德州学院"}

    assert PROGRAMME.differences({"education": [("e1", STUDY)]}, {"education": [("e2", other)]}) == [
        Difference("education", "e2", None, "added", None, other),
        Difference("education", "e1", None, "removed", STUDY, None),
    ]


def test_the_same_contents_do_not_differ() -> None:
    contents: Contents = {"basic": {"post": "工程师"}, "education": [("e1", STUDY)]}

    assert PROGRAMME.differences(contents, contents) == []
