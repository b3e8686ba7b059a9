"""What a dossier shows: masked elsewhere, compared in full, remarks on things that are there."""

from uuid import UUID, uuid4, uuid5

import pytest

from services.review.rules import Content, changes, check_remarks, is_pinned, masked
from shared.contracts.events import Remark
from shared.contracts.refusals import Invalid
from shared.programmes.catalogue import PROGRAMMES
from tests.services.review.stories import DEZHOU, Story, content

PROGRAMME = PROGRAMMES[DEZHOU]
STORY = Story()
SCHOOL, SCAN = uuid5(STORY.case_id, "school"), uuid4()


def version(number: int = 1, *, family: bool = False, **basic: object) -> Content:
    """A version of the story; with a family where asked."""
    sections = content(STORY, **basic)
    if family:
        mother = {"name": "欧阳秀英", "relation": "mother", "employer": "德州学院"}
        sections[2]["entries"] = [{"entry_id": str(SCHOOL), "values": mother}]
    scan = {"scan_id": str(SCAN), "section": "basic", "entry_id": None, "field": "id_scan", "pages": 2}
    return Content(number, "2026-11-16T09:00:00+08:00", sections, [scan])


def test_elsewhere_numbers_and_family_are_masked() -> None:
    shown = masked(version(family=True), PROGRAMME)

    basic, _education, family = shown.sections
    assert basic["values"] == {
        "name": "张伟", "id_number": "*" * 16 + "37", "mobile": "*" * 7 + "0001", "post": "工程师"
    }  # fmt: skip
    assert "秀英" not in str(family)
    assert shown.scans == version().scans


def test_a_section_that_this_release_does_not_know_shows_nothing() -> None:
    unknown = Content(1, "", [{"section": "horoscope", "values": {"sign": "leo"}}], [])

    assert masked(unknown, PROGRAMME).sections == [{"section": "horoscope", "values": {}}]


def test_changes_name_fields_and_whole_entries() -> None:
    old, new = version(), version(2, family=True, post="高级工程师")

    assert changes(old, new, PROGRAMME, in_full=True) == [
        {
            "section": "basic", "entry_id": None, "field": "post", "kind": "changed",
            "old": "工程师", "new": "高级工程师",
        },
        {
            "section": "family_members", "entry_id": str(SCHOOL), "kind": "added",
            "new": {"name": "欧阳秀英", "relation": "mother", "employer": "德州学院"},
        },
    ]  # fmt: skip
    assert [change["kind"] for change in changes(new, old, PROGRAMME, in_full=True)] == ["changed", "removed"]
    assert changes(new, new, PROGRAMME, in_full=True) == []


def test_a_change_under_the_mask_is_still_a_change() -> None:
    old, new = version(), version(2, mobile="13853400001")

    assert changes(old, new, PROGRAMME, in_full=False) == [
        {
            "section": "basic", "entry_id": None, "field": "mobile", "kind": "changed",
            "old": "*" * 7 + "0001", "new": "*" * 7 + "0001",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    "pin",
    [
        {}, {"section": "basic"}, {"section": "basic", "field": "office_phone"},
        {"scan": SCAN}, {"scan": SCAN, "page": 2},
        {"section": "education", "entry": SCHOOL, "field": "school"},
        {"scan": SCAN, "page": 1, "box": {"x": 0.1, "y": 0.1, "width": 0.5, "height": 0.2}},
    ],
)  # fmt: skip
def test_a_remark_points_at_what_is_there(pin: dict[str, object]) -> None:
    remark = Remark.model_validate({"comment": "请核对", **pin})

    check_remarks([remark], version(), PROGRAMME)
    assert is_pinned(remark) is bool(pin)


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ({"section": "horoscope"}, "section_unknown"),
        ({"field": "name"}, "section_missing"),
        ({"section": "basic", "field": "school"}, "field_unknown"),
        ({"section": "education", "entry": UUID(int=1)}, "entry_unknown"),
        ({"section": "family_members", "entry": SCHOOL}, "entry_unknown"),
        ({"scan": UUID(int=1)}, "scan_unknown"),
        ({"page": 1}, "scan_missing"),
        ({"scan": SCAN, "page": 3}, "page_unknown"),
        ({"scan": SCAN, "box": {"x": 0, "y": 0, "width": 1, "height": 1}}, "page_missing"),
    ],
)
def test_a_remark_on_what_is_not_there_is_refused(pin: dict[str, object], code: str) -> None:
    good = Remark(comment="请核对")

    with pytest.raises(Invalid, check=lambda refusal: refusal.code == "remark_misplaced") as refused:
        check_remarks([good, Remark.model_validate({"comment": "请核对", **pin})], version(), PROGRAMME)

    assert [(fault.code, (fault.field or "")[:10]) for fault in refused.value.faults] == [(code, "remarks.1.")]
