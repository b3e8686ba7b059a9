"""The parts of the applicant's pages: values in and out, remarks at their places, what is done and what is not."""

from typing import Any

import pytest

from services.gateway.portal.applicant.differing import changes_of
from services.gateway.portal.applicant.drawn import card, progress_of, tiers_ahead
from services.gateway.portal.applicant.forming import Typed, choosable, form
from services.gateway.portal.applicant.marks import marks
from services.gateway.portal.applicant.reading import Opened
from services.gateway.portal.applicant.remarks import placed
from services.gateway.portal.applicant.saving import arranged, moved
from services.gateway.portal.applicant.values import differs, sent, shown, typed
from services.gateway.portal.uploads import Uploaded
from services.gateway.portal.visit import Filled
from tests.services.gateway.portal.declared import (
    EMPLOYERS,
    FIRST,
    POOL,
    SCAN,
    SECOND,
    UNIT,
    catalogue,
    entry,
    profile,
    remark,
)

AT = f"/profiles/{POOL}/sections"


def page(**held: Any) -> Opened:  # noqa: ANN401 - JSON
    """An opened profile."""
    status = held.pop("status", "draft")
    also = held.pop("also", {})
    return Opened(catalogue(), profile(status=status, **held), None, EMPLOYERS, also)


def field(section: str, name: str) -> dict[str, Any]:
    """A field of the catalogue."""
    part = next(one for one in catalogue()["sections"] if one["section"] == section)
    return next(one for one in part["fields"] if one["field"] == name)


@pytest.mark.parametrize(
    ("section", "name", "value", "words"),
    [
        ("education", "started_on", "2010-09-01", "2010-09"),
        ("education", "started_on", "2010-09-15", "2010-09-15"),
        ("basic", "born_on", "1988-05-01", "1988-05-01"),
        ("basic", "employer", UNIT, "德州市应用技术研究院"),
        ("work", "current", True, "是"),
        ("education", "school", "", None),
        ("education", "scan", [SCAN], None),
    ],
)
def test_a_value_is_shown_as_people_read_it(section: str, name: str, value: object, words: object) -> None:
    names = {UNIT: "德州市应用技术研究院"}
    assert shown(field(section, name), value, names) == words


def test_a_choice_is_shown_by_its_title() -> None:
    gender = field("basic", "gender")
    assert shown(gender, gender["choices"][0]["value"], {}) == gender["choices"][0]["title"]


def test_a_form_sends_what_is_filled_in_and_each_scan_once() -> None:
    fields = [field("work", name) for name in ("post", "employer", "current", "scan")]
    form_ = Filled([("post", " 工程师 "), ("employer", ""), ("scan", SCAN), ("scan", SCAN), ("scan", "")])
    assert sent(fields, form_) == {"post": "工程师", "scan": [SCAN]}


def test_a_month_typed_as_it_is_shown_is_no_change() -> None:
    started = field("education", "started_on")
    assert typed(started, "2010-09-01") == "2010-09"
    assert [differs(started, "2010-09-01", new) for new in ("2010-09", "2010-10", None)] == [False, True, True]
    assert differs(field("education", "scan"), None, []) is False


def test_a_remark_leads_to_its_very_place() -> None:
    entries = [entry(FIRST, school="山东大学"), entry(SECOND, school="清华大学", scan=[SCAN])]
    sections = profile(education=entries, work=[entry(FIRST)])["sections"]
    told = [
        remark("education", "写全称", entry=SECOND, field="school"),
        remark("education", "已删", entry=SCAN, field="school"),
        remark("basic", "职务", field="post"),
        remark("work", "只有一条", field="post"),
        remark(None, "不清晰", scan=SCAN),
        remark(None, "请整体核对"),
    ]
    found = placed(catalogue(), told, sections)
    assert [one["link"] for one in found] == [
        f"{AT}/education/entries/{SECOND}#school",
        f"{AT}/education",
        f"{AT}/basic#post",
        f"{AT}/work/entries/{FIRST}#post",
        f"{AT}/education/entries/{SECOND}#scan",
        f"/profiles/{POOL}",
    ]
    assert found[0]["field_title"] == field("education", "school")["title"]


def test_without_the_draft_a_remark_leads_where_it_says() -> None:
    (found,) = placed(catalogue(), [remark("education", "写全称", entry=FIRST)])
    assert found["link"] == f"{AT}/education/entries/{FIRST}#edit"


def test_the_task_list_says_what_is_to_be_done() -> None:
    opened = page(
        status="returned",
        basic={"name": "张伟"},
        education=[entry(FIRST, school="山东大学")],
        missing=[{"section": "work", "code": "too_few_entries", "message": "请填写"},
                 {"section": "basic", "field": "post", "code": "missing", "message": "请填写"}],
        remarks=[remark("education", "写全称"), remark("titles", "已改", addressed=True)],
        confirmed_none=["patents"],
    )  # fmt: skip
    listed = marks(opened)
    states = {mark["section"]: mark["state"] for mark in listed}
    wanted = ("basic", "education", "work", "titles", "patents", "honours")
    assert [states[one] for one in wanted] == ["doing", "fix", "todo", "optional", "none", "optional"]
    assert progress_of(listed) == {"done": 16, "total": 19}


def test_what_was_remarked_stands_in_the_form_at_its_field() -> None:
    opened = page(
        status="returned",
        education=[entry(FIRST, school="山东大学")],
        remarks=[remark("education", "写全称", entry=FIRST, field="school"), remark("education", "重报", entry=FIRST),
                 remark("education", "已改", entry=FIRST, field="major", addressed=True)],
    )  # fmt: skip
    drawn = form(opened, opened.section("education"), FIRST)
    at_fields = {
        one["field"]: [told["comment"] for told in one["remarks"]] for one in drawn["fields"] if one["remarks"]
    }
    assert (at_fields, [told["comment"] for told in drawn["remarks"]]) == ({"school": ["写全称"]}, ["重报"])
    shown_card = card(opened, opened.section("education"), opened.content("education")["entries"][0])
    assert [told["comment"] for told in shown_card["remarks"]] == ["写全称", "重报"]


def test_two_dates_in_a_row_share_a_column() -> None:
    opened = page()
    fields = form(opened, opened.section("education"), "new", prefix="education--new--")["fields"]
    assert [one["name"] for one in fields if one["is_short"]] == [
        "education--new--started_on", "education--new--ended_on",
    ]  # fmt: skip


def test_what_was_emptied_stays_empty_when_the_form_comes_back() -> None:
    opened = page(education=[entry(FIRST, school="山东大学")])
    drawn = form(opened, opened.section("education"), FIRST, Typed({}, etag='"7"'))
    assert (drawn["fields"][0]["value"], drawn["etag"]) == ("", '"7"')


def test_one_of_the_own_scans_may_be_chosen_for_its_purpose() -> None:
    scans = [
        {"scan_id": name, "purpose": purpose, "status": status, "checks": []}
        for name, purpose, status in (("a", "proof", "ready"), ("b", "photo", "ready"), ("c", "proof", "rejected"),
                                      ("d", "proof", "processing"))
    ]  # fmt: skip
    found = choosable(field("education", "scan"), {"items": scans}, ["d"])
    assert [one["scan_id"] for one in found] == ["a"]


@pytest.mark.parametrize(("way", "order"), [("up", "acb"), ("down", "abc"), ("nowhere", "abc")])
def test_a_scan_is_moved_by_one_place(way: str, order: str) -> None:
    sent_ = Uploaded(Filled([("move", f"scan:c:{way}")]), {})
    assert "".join(arranged({"scan": list("abc")}, sent_)["scan"]) == order
    assert moved(list("abc"), "a", "up") == list("abc")


def test_a_move_of_nothing_that_is_there_changes_nothing() -> None:
    for asked in ("scan:x:up", "name:a:up", "nonsense"):
        values = {"scan": ["a", "b"], "name": "张伟"}
        assert arranged(values, Uploaded(Filled([("move", asked)]), {})) == values


@pytest.mark.parametrize(("employer", "count"), [(UNIT, 3), (None, 5)])
def test_a_municipal_employer_sees_no_tier_of_the_county(employer: str | None, count: int) -> None:
    assert len(tiers_ahead(page(basic={"employer": employer}))) == count


def test_what_the_next_filing_changes_is_told_as_people_read_it() -> None:
    changed = {"section": "education", "entry_id": FIRST, "kind": "changed"}
    items = [
        {**changed, "field": "school", "old": "山大", "new": "山东大学"},
        {**changed, "field": "scan", "old": None, "new": [SCAN]},
        {
            "section": "honours",
            "entry_id": SECOND,
            "field": None,
            "kind": "removed",
            "old": {"title": "劳模"},
            "new": None,
        },
    ]
    told = {"version": 2, "items": items}
    found = changes_of(page(education=[entry(FIRST, school="山东大学")], also={"changes": told}))
    assert found is not None
    rows = found["rows"]
    assert (found["version"], [row["heading"] for row in rows]) == (2, [["山东大学"], ["山东大学"], ["劳模"]])
    assert (rows[0]["old"], rows[0]["new"], rows[1]["scans"]) == ("山大", "山东大学", {"old": [], "new": [SCAN]})
    assert changes_of(page()) is None
