"""The desk's form in the words of the API; what changed beside what it was; a decision taken meanwhile."""

import httpx
from redis.asyncio import Redis

from services.gateway.portal.reviewer.decide import body_of
from services.gateway.portal.reviewer.filters import address, wanted
from services.gateway.portal.visit import Filled
from shared.programmes.catalogue import PROGRAMMES
from tests.services.gateway.doubles import CSRF, TOKEN, FakeService, log_in
from tests.services.gateway.samples import CASE, CHANGE, RECORD

COOKIE = {"Cookie": f"juxian={TOKEN}", "Origin": "http://localhost:8000"}
PIN = {
    "pin_section": "education", "pin_entry": RECORD, "pin_field": "scan", "pin_scan": RECORD, "pin_page": "2",
    "pin_box": "0.5,0.25,0.75,0.25", "pin_comment": " 不清晰 ",
}  # fmt: skip


def test_a_return_carries_its_pins_and_no_category() -> None:
    form = Filled([("decision", "return"), ("version", "3"), ("comment", " 请补充 "), ("category", "A"), *PIN.items()])

    assert body_of(form) == {
        "decision": "return",
        "version": 3,
        "comment": "请补充",
        "remarks": [
            {
                "comment": "不清晰", "section": "education", "entry": RECORD, "field": "scan", "scan": RECORD,
                "page": 2,
                "box": {"x": 0.5, "y": 0.25, "width": 0.5, "height": 0.25},
            }
        ],
    }  # fmt: skip


def test_a_pin_without_words_is_no_remark() -> None:
    form = Filled([("decision", "approve"), ("version", "1"), *(PIN | {"pin_comment": " "}).items()])

    assert body_of(form) == {"decision": "approve", "version": 1, "remarks": []}


def test_filters_survive_and_nonsense_does_not() -> None:
    query = Filled([("state", "waiting"), ("overdue", "true"), ("foreign", "?"), ("sort", "x"), ("done", "approve")])

    assert address("/review", wanted(query), done="return") == "/review?state=waiting&overdue=true&done=return"


async def test_the_desk_shows_what_changed(portal: httpx.AsyncClient, cache: Redis) -> None:
    await log_in(cache, "reviewer")

    page = (await portal.get(f"/review/cases/{RECORD}", headers=COOKIE)).text

    assert ("<del>清华</del>" in page, "<ins>清华大学</ins>" in page, "只看变更（1 处）" in page) == (True, True, True)


async def test_a_decision_goes_on_to_the_next_case_with_its_filters(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    service.answers["POST", f"/review/cases/{RECORD}/decisions"] = (201, {})
    form = {"csrf_token": CSRF, "decision": "approve", "version": "2", "next": RECORD}

    answer = await portal.post(f"/review/cases/{RECORD}?overdue=true", data=form, headers=COOKIE)

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/review/cases/{RECORD}?overdue=true&done=approve",
    )


async def test_who_decided_meanwhile_is_named_and_the_words_are_kept(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    by = {"name": "王科长", "organization": "德城区人社局"}
    refused = {"code": "already_decided", "decided_by": by, "decision": "return", "decided_at": "2026-11-18T02:05:00Z"}
    service.answers["POST", f"/review/cases/{RECORD}/decisions"] = (409, refused)
    form = {"csrf_token": CSRF, "decision": "approve", "version": "2", "comment": "同意推荐上报"}

    answer = await portal.post(f"/review/cases/{RECORD}", data=form, headers=COOKIE)

    assert answer.status_code == 409
    assert "王科长（德城区人社局）已于 2026-11-18 10:05 处理：退回" in answer.text
    assert "同意推荐上报</textarea>" in answer.text


async def test_an_applicant_is_not_let_in(portal: httpx.AsyncClient, cache: Redis) -> None:
    await log_in(cache, "applicant")

    assert (await portal.get("/review", headers=COOKIE)).status_code == 403


async def test_a_script_is_told_that_the_session_is_over(portal: httpx.AsyncClient) -> None:
    page = await portal.get(f"/review/cases/{RECORD}")
    told = await portal.get(f"/review/cases/{RECORD}", headers={"X-CSRF-Token": CSRF})

    assert (page.status_code, told.status_code) == (200, 401)


async def test_employers_old_and_new_are_named_on_the_desk_and_in_a_change(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    old, new = (
        {"organization_id": key, "name": name, "kind": "employer", "region": "371402", "municipal": False}
        for key, name in ((RECORD, "鲁北新材料有限公司"), (RECORD[:-1] + "1", "鲁北材料集团"))
    )
    sides = {"field": "employer", "old": old["organization_id"], "new": new["organization_id"]}
    about = {"section": "basic", "entry_id": None, "organizations": [old, new]}
    moved = {**sides, "section": "basic", "entry_id": None, "kind": "changed"}
    held = [{"section": "basic", "values": {"employer": new["organization_id"]}}]
    pool = {**PROGRAMMES["dezhou-talent-pool"].describe(), "window": None}
    service.answers |= {
        ("GET", "/programmes"): (200, {"items": [pool], "next_cursor": None}),
        ("GET", f"/review/change-requests/{RECORD}"): (200, CHANGE | about | {"changes": [sides]}),
        ("GET", f"/review/cases/{RECORD}"): (200, CASE | about | {
            "snapshot": CASE["snapshot"] | {"sections": held}, "changed_since_last_seen": [moved]}),
    }  # fmt: skip

    for path in (f"/review/cases/{RECORD}", f"/review/change-requests/{RECORD}"):
        page = (await portal.get(path, headers=COOKIE)).text
        assert [words in page for words in ("鲁北新材料有限公司", "鲁北材料集团", "已选择的单位")] == [
            True,
            True,
            False,
        ]


async def test_what_is_approved_is_returned_by_a_form_of_its_own(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "reviewer")
    shown = CASE | {"mine": False, "state": "approved", "can_return": True}
    service.answers["GET", f"/review/cases/{RECORD}"] = (200, shown)
    service.answers["POST", f"/review/cases/{RECORD}/decisions"] = (201, {})

    page = (await portal.get(f"/review/cases/{RECORD}?state=decided", headers=COOKIE)).text
    form = {"csrf_token": CSRF, "decision": "return", "version": "2", "comment": "职称证书有误"}
    answer = await portal.post(f"/review/cases/{RECORD}?state=decided", data=form, headers=COOKIE)

    assert ("退回更正" in page, 'id="decide"' in page) == (True, False)
    assert answer.headers["location"] == "/review?state=decided&done=return"
