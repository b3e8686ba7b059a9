"""A section reads all that is typed at once, keeps what is right, and names all that is wrong."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings, strategies as st

from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.sections import Education, Work
from shared.programmes.shape import Faults, Section, Words

WORK = Section("work", Words("工作经历", "Work"), Work, repeated=True, minimum=1)
EDUCATION = Section("education", Words("教育经历", "Education"), Education, repeated=True, minimum=1)
SECTIONS = [section for programme in PROGRAMMES.values() for section in programme.sections]
NAMES = sorted({field.field for section in SECTIONS for field in section.fields})

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
plausible = st.sampled_from(
    [
        "2010年9月",
        "１９９０-3-7",
        "371402199003077518",
        "citizen_id",
        "CHN",
        "1",
        "01",
        "30.5",
        "是",
        "national",
        "a@b.test",
    ]
)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(Faults) as refused:
        WORK.parse(
            {
                "started_on": "2020-01",
                "ended_on": "2019-12",
                "post": "a\0b",
                "salary": 1,
                "scan": "x",
                "current": "?",
            }
        )

    assert [(fault.field, fault.code) for fault in refused.value.faults] == [
        ("salary", "unknown_field"),
        ("current", "wrong_type"),
        ("post", "character_refused"),
        ("scan", "wrong_type"),
        ("ended_on", "end_before_start"),
    ]


def test_a_fault_names_its_field_in_both_languages() -> None:
    with pytest.raises(Faults) as refused:
        EDUCATION.parse({"school": "校" * 201})

    assert refused.value.faults[0].message == Words(
        "毕业院校最多 200 个字，现有 201 个", "The school may have 200 characters; it has 201"
    )


def test_an_unknown_field_is_named_short_and_printable() -> None:
    with pytest.raises(Faults) as refused:
        EDUCATION.parse({"\ud800" + "x" * 100: 1})

    assert refused.value.faults[0].field == "?" + "x" * 59


def test_what_lasts_to_the_present_has_no_end() -> None:
    with pytest.raises(Faults) as refused:
        WORK.parse({"started_on": "2020-01", "ended_on": "2021-01", "current": True})

    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("ended_on", "end_while_current")]


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({}, ["started_on", "ended_on", "post", "employer", "scan"]),
        ({"current": True}, ["started_on", "post", "employer", "scan"]),
        ({"current": False, "post": "工程师"}, ["started_on", "ended_on", "employer", "scan"]),
    ],
)
def test_an_end_is_required_exactly_while_it_does_not_last(
    values: Mapping[str, str | bool], missing: list[str]
) -> None:
    assert [fault.field for fault in WORK.missing(values)] == missing


def test_what_is_missing_says_what_to_do() -> None:
    assert [fault.message for fault in EDUCATION.missing({})] == [
        Words("请填写毕业院校", "Enter the school"),
        Words("请选择学位", "Choose the degree"),
        Words("请选择学历", "Choose the education level"),
        Words("请填写专业", "Enter the major"),
        Words("请填写起始时间", "Enter the start date"),
        Words("请填写结束时间", "Enter the end date"),
        Words("请上传证明材料", "Upload the proof"),
    ]


def test_scans_are_found_with_their_purpose() -> None:
    basic = PROGRAMMES["dezhou-talent-pool"].section("basic")

    assert basic.scans_in({"photo": "p", "id_scan": ["a", "b"], "name": "张伟"}) == [
        ("photo", "p", "photo"),
        ("id_scan", "a", "id_scan"),
        ("id_scan", "b", "id_scan"),
    ]
    assert (basic.photo_fields, basic.scan_fields, basic.organization_fields) == (
        ("photo",),
        ("id_scan",),
        ("employer",),
    )


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.section)
@settings(max_examples=25)
@given(values=st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), anything | plausible, max_size=12))
def test_parsing_raises_faults_alone_and_is_stable(section: Section, values: dict[str, object]) -> None:
    try:
        kept = section.parse(values)
    except Faults as refused:
        json.dumps([fault.message for fault in refused.faults], ensure_ascii=False).encode()
    else:
        assert section.parse(kept) == kept
        assert section.parse(json.loads(json.dumps(kept))) == kept
