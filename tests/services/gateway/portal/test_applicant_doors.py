"""The applicant's pages at the door, with services that are doubles: one round of calls, and what becomes of forms."""

from typing import Any

import httpx
import orjson
import pytest
from redis.asyncio import Redis

from tests.services.gateway.doubles import CSRF, TOKEN, FakeService, log_in
from tests.services.gateway.portal.declared import (
    FIRST,
    POOL,
    SCAN,
    SECOND,
    TITLES,
    answering,
    entry,
    profile,
    remark,
)
from tests.services.gateway.samples import RECORD, SUBMISSION

COOKIE = {"Cookie": f"juxian={TOKEN}", "Origin": "http://localhost:8000"}
EDUCATION = f"/profiles/{POOL}/sections/education"


async def read(portal: httpx.AsyncClient, path: str) -> httpx.Response:
    """A page, as its owner asks for it."""
    return await portal.get(path, headers=COOKIE)


async def send(portal: httpx.AsyncClient, path: str, *pairs: tuple[str, str], files: bool = True) -> httpx.Response:
    """A form, as a browser sends it: with room for files, or without."""
    fields = [("csrf_token", CSRF), *pairs]
    if not files:
        return await portal.post(path, data=dict(fields), headers=COOKIE)
    return await portal.post(path, files=[(name, (None, value)) for name, value in fields], headers=COOKIE)


@pytest.fixture(autouse=True)
async def _at_home(cache: Redis) -> None:
    """An applicant is logged in."""
    await log_in(cache)


def bodies(service: FakeService, method: str, path: str) -> list[Any]:
    """What was sent there."""
    return [orjson.loads(one.body) for one in service.heard if (one.method, one.target) == (method, path)]


@pytest.mark.parametrize(
    ("path", "calls"),
    [
        ("/home", ["/announcements?limit=3", "/me", "/profiles?include=submission", "/programmes"]),
        (f"/submissions/{RECORD}", ["/programmes", f"/submissions/{RECORD}?include=rounds"]),
        (f"/profiles/{POOL}/check", [f"/profiles/{POOL}/changes", f"/programmes/{POOL}",
                                     f"/profiles/{POOL}?include=scans,submission,organizations"]),
    ],
)  # fmt: skip
async def test_a_page_asks_for_all_at_once(
    portal: httpx.AsyncClient, service: FakeService, path: str, calls: list[str]
) -> None:
    answering(service, profile(), submission=SUBMISSION)
    await read(portal, path)
    asked = sorted(one.target for one in service.heard if not one.target.startswith("/organizations"))
    assert asked == sorted(calls)


async def test_who_has_not_begun_is_led_to_begin(portal: httpx.AsyncClient, service: FakeService) -> None:
    answering(service, profile())
    service.answers["GET", "/profiles"] = (200, {"items": [], "next_cursor": None})
    page = (await read(portal, "/home")).text
    assert ("还没有开始填写" in page, f'href="/profiles/{POOL}"' in page) == (True, True)


async def test_every_round_is_on_the_page_with_its_remarks(portal: httpx.AsyncClient, service: FakeService) -> None:
    first = {"round": 1, "status": "withdrawn", "filings": [{"version": 1, "filed_at": "2026-11-01T01:00:00Z"}],
             "progress": SUBMISSION["progress"][:1], "remarks": [remark("education", "校名写全称")]}  # fmt: skip
    now = {**first, "round": 2, "status": "returned", "remarks": []}
    answering(service, profile(), submission={**SUBMISSION, "rounds": [first, now]})
    page = (await read(portal, f"/submissions/{RECORD}")).text
    for words in ("第 1 轮", "第 2 轮", "2026-11-01 09:00", "校名写全称", "本人撤回", "定位到该条"):
        assert words in page


async def test_a_remark_stands_at_its_field_and_is_told_to_readers(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    told = [remark("education", "写全称", entry=FIRST, field="school")]
    answering(service, profile(status="returned", education=[entry(FIRST, school="山大")], remarks=told))
    page = (await read(portal, f"{EDUCATION}/entries/{FIRST}")).text
    assert 'aria-describedby="school-remark-1"' in page
    assert 'id="school-remark-1"' in page
    assert f'href="{EDUCATION}/entries/{FIRST}#school"' in (await read(portal, f"/profiles/{POOL}")).text


async def test_a_deleted_entry_is_offered_back(portal: httpx.AsyncClient, service: FakeService) -> None:
    answering(service, profile(education=[entry(FIRST, school="山东大学")]))
    service.answers["DELETE", f"{EDUCATION}/entries/{FIRST}"] = (204, None)
    service.answers["POST", f"{EDUCATION}/entries/{FIRST}/restoration"] = (200, entry(FIRST))

    gone = await send(portal, f"{EDUCATION}/entries/{FIRST}/removal", files=False)
    page = (await read(portal, gone.headers["location"])).text
    back = await send(portal, f"{EDUCATION}/entries/{FIRST}/restoration", files=False)

    assert (gone.status_code, f'formaction="{EDUCATION}/entries/{FIRST}/restoration"' in page) == (303, True)
    assert back.headers["location"] == f"{EDUCATION}?restored={FIRST}#entry-{FIRST}"


async def test_an_entry_is_moved_by_one_place(portal: httpx.AsyncClient, service: FakeService) -> None:
    answering(service, profile(education=[entry(FIRST), entry(SECOND)]))
    service.answers["PUT", f"{EDUCATION}/order"] = (200, {})
    answer = await send(portal, f"{EDUCATION}/order", ("move", f"{SECOND}:up"), files=False)
    assert answer.status_code == 303
    assert bodies(service, "PUT", f"{EDUCATION}/order") == [{"entries": [SECOND, FIRST]}]
    assert (await send(portal, f"{EDUCATION}/order", ("move", f"{SCAN}:up"), files=False)).status_code == 404


async def test_a_section_is_confirmed_to_be_empty(portal: httpx.AsyncClient, service: FakeService) -> None:
    patents = f"/profiles/{POOL}/sections/patents"
    answering(service, profile(confirmed_none=["patents"]))
    service.answers |= {("PUT", f"{patents}/absence"): (204, None), ("DELETE", f"{patents}/absence"): (204, None)}
    said = await send(portal, f"{patents}/absence", ("none", "1"), files=False)
    taken = await send(portal, f"{patents}/absence", ("none", ""), files=False)
    assert (said.headers["location"], taken.headers["location"]) == (f"{patents}?absent=1", f"{patents}?present=1")
    assert "已确认：暂无专利情况" in (await read(portal, patents)).text


@pytest.mark.parametrize(("status", "shown"), [(409, 409), (422, 409), (404, 404), (503, 503)])
async def test_what_profile_refuses_is_said_in_its_words(
    portal: httpx.AsyncClient, service: FakeService, status: int, shown: int
) -> None:
    answering(service, profile())
    service.answers["PUT", f"{EDUCATION}/absence"] = (status, {"code": "x", "detail": "该栏目为必填。"})
    answer = await send(portal, f"{EDUCATION}/absence", ("none", "1"), files=False)
    assert answer.status_code == shown
    assert ("该栏目为必填。" in answer.text) == (shown == 409)


async def test_a_copy_is_a_year_later_and_without_its_proofs(portal: httpx.AsyncClient, service: FakeService) -> None:
    year = entry(FIRST, year=2024, result="excellent", scan=[SCAN])
    at = answering(service, profile(TITLES, annual_assessments=[year]))
    page = (await read(portal, f"{at}/sections/annual_assessments/entries/new?from={FIRST}")).text
    form = page.split('<form id="edit"')[1].split("</form>")[0]
    assert ('value="2025"' in form, SCAN in form) == (True, False)


async def test_a_form_that_is_to_be_shown_again_saves_nothing(portal: httpx.AsyncClient, service: FakeService) -> None:
    mine = {"scan_id": SCAN, "purpose": "proof", "status": "ready", "checks": [], "pages": 1, "reason": None,
            "uploaded_at": "2026-11-20T08:42:00Z"}  # fmt: skip
    answering(service, profile(), scans={"items": [mine], "next_cursor": None})
    answer = await send(portal, f"{EDUCATION}/entries/new", ("school", "山东大学"), ("pick", "scan"), ("etag", ""))
    assert (answer.status_code, 'value="山东大学"' in answer.text, f'value="{SCAN}"' in answer.text) == (
        200,
        True,
        True,
    )
    assert [one for one in service.heard if one.method != "GET"] == []


async def test_choosing_a_scan_for_a_change_asks_for_no_change_yet(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    found = {**profile(TITLES, status="approved", basic={"post": "工程师"}), "can_change": True}
    answering(service, found)
    held = [("programme", TITLES), ("section", "basic"), ("kind", "change"), ("post", "总工程师"), ("pick", "proof")]
    answer = await send(portal, "/change-requests/new", *held)
    assert (answer.status_code, 'value="总工程师"' in answer.text, "还没有可以选用的扫描件" in answer.text) == (
        200,
        True,
        True,
    )
    assert [one for one in service.heard if one.method != "GET"] == []


async def test_somebody_who_was_faster_is_shown_beside_what_was_typed(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    answering(service, profile(education=[{**entry(FIRST, school="别处保存的"), "etag": '"9"'}]))
    service.answers["PUT", f"{EDUCATION}/entries/{FIRST}"] = (412, {"code": "changed", "detail": "已被修改"})
    answer = await send(portal, f"{EDUCATION}/entries/{FIRST}", ("school", "这里填写的"), ("etag", '"1"'))
    assert answer.status_code == 412
    for words in ("<title>错误：", "别处保存的", 'value="这里填写的"', 'name="etag" value="&#34;9&#34;"'):
        assert words in answer.text


async def test_all_that_was_changed_on_the_personal_page_is_saved(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    at = answering(service, profile(TITLES, basic={"name": "赵磊"}, work=[entry(FIRST, post="工程师")]))
    service.answers |= {
        ("PUT", f"{at}/sections/basic"): (200, {"etag": '"2"'}),
        ("POST", f"{at}/sections/education/entries"): (201, entry(SECOND)),
    }
    parts = [("part", "basic"), ("part", f"work--{FIRST}"), ("part", "education--new"), ("part", "patents--new")]
    held = [("basic--name", "赵磊磊"), ("basic--etag", '"1"'), (f"work--{FIRST}--post", "工程师"),
            ("education--new--school", "河北工业大学"), ("patents--new--name", "")]  # fmt: skip

    answer = await send(portal, at, *parts, *held, ("save", "all"))

    assert answer.headers["location"] == f"{at}?saved=basic&saved=education--new#fold-education"
    assert bodies(service, "PUT", f"{at}/sections/basic") == [{"name": "赵磊磊"}]
    assert bodies(service, "POST", f"{at}/sections/education/entries") == [{"school": "河北工业大学"}]
    assert [one.target for one in service.heard if one.method in {"PUT", "POST"}] == [
        f"{at}/sections/basic", f"{at}/sections/education/entries",
    ]  # fmt: skip


async def test_saving_one_part_keeps_what_was_typed_in_the_others(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    at = answering(service, profile(TITLES, basic={"name": "赵磊"}))
    service.answers["PUT", f"{at}/sections/basic"] = (200, {"etag": '"2"'})
    held = [("part", "basic"), ("part", "work--new"), ("basic--name", "赵磊磊"), ("work--new--post", "工程师")]
    answer = await send(portal, at, *held, ("save", "basic"))
    assert (answer.status_code, "已保存：" in answer.text, 'value="工程师"' in answer.text) == (200, True, True)
    assert [one.method for one in service.heard if one.method != "GET"] == ["PUT"]


async def test_what_is_wrong_in_one_part_leaves_the_others_saved(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    at = answering(service, profile(TITLES, basic={"name": "赵磊"}))
    wrong = {"code": "invalid", "errors": [{"section": "work", "field": "post", "code": "x", "message": "职务过长"}]}
    service.answers |= {
        ("PUT", f"{at}/sections/basic"): (200, {"etag": '"2"'}),
        ("POST", f"{at}/sections/work/entries"): (422, wrong),
    }
    held = [("part", "basic"), ("part", "work--new"), ("basic--name", "赵磊磊"), ("work--new--post", "工程师")]
    page = await send(portal, at, *held, ("save", "file"))
    assert page.status_code == 422
    for words in ("<title>错误：", 'href="#work--new--post"', "职务过长", 'value="工程师"'):
        assert words in page.text


@pytest.mark.parametrize(("asked", "there"), [(("open", "work--new"), True), (("close", "work--new"), False)])
async def test_a_part_is_opened_and_closed_with_all_that_was_typed(
    portal: httpx.AsyncClient, service: FakeService, asked: tuple[str, str], there: bool
) -> None:
    at = answering(service, profile(TITLES, work=[entry(FIRST, post="工程师")]))
    parts = [("part", "basic"), *([] if there else [("part", "work--new")])]
    answer = await send(portal, at, *parts, ("basic--name", "赵磊磊"), asked)
    assert ('value="赵磊磊"' in answer.text, 'id="part-work--new"' in answer.text) == (True, there)
    assert [one for one in service.heard if one.method != "GET"] == []
