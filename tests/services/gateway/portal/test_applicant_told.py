"""What applicants are told: employers and proofs as they are, that something is saved; and what is filed once."""

import httpx
import pytest
from redis.asyncio import Redis

from tests.services.gateway.doubles import FakeService, log_in
from tests.services.gateway.portal.declared import FIRST, POOL, SCAN, answering, entry, profile
from tests.services.gateway.portal.test_applicant_doors import COOKIE, EDUCATION, read, send
from tests.services.gateway.samples import CHANGE, RECORD


@pytest.fixture(autouse=True)
async def _at_home(cache: Redis) -> None:
    """An applicant is logged in."""
    await log_in(cache)


async def test_an_employer_that_no_list_holds_is_named_all_the_same(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    far = {
        "organization_id": RECORD,
        "name": "第 101 家单位",
        "kind": "employer",
        "region": "371400",
        "municipal": True,
    }
    found = {**profile(basic={"employer": RECORD}), "organizations": [far]}
    before = {
        "organization_id": FIRST,
        "name": "被合并的单位",
        "kind": "employer",
        "region": "371402",
        "municipal": False,
    }
    moved = {"section": "basic", "entry_id": None, "field": "employer", "kind": "changed", "old": FIRST, "new": RECORD}
    answering(service, found, changes={"version": 1, "items": [moved], "organizations": [before, far]})
    asked = {**CHANGE, "section": "basic", "entry_id": None, "organizations": [before, far],
             "changes": [{"field": "employer", "old": FIRST, "new": RECORD}]}  # fmt: skip
    service.answers["GET", f"/change-requests/{RECORD}"] = (200, asked)

    for path in (f"/profiles/{POOL}/sections/basic", f"/profiles/{POOL}/check", f"/change-requests/{RECORD}"):
        page = (await read(portal, path)).text
        assert (path, "第 101 家单位" in page, "已选择的单位" in page) == (path, True, False)
    assert "<del>被合并的单位</del>" in (await read(portal, f"/profiles/{POOL}/check")).text


async def test_a_filing_that_comes_twice_is_one(portal: httpx.AsyncClient, service: FakeService) -> None:
    answering(service, profile())
    service.answers["POST", "/submissions"] = (201, {"submission_id": RECORD, "version": 1})
    page = (await read(portal, f"/profiles/{POOL}/check")).text
    key = page.partition('name="key" value="')[2].partition('"')[0]

    for _ in range(2):
        await send(portal, f"/profiles/{POOL}/check", ("declared", "1"), ("key", key), files=False)

    keys = [one.headers.get("idempotency-key") for one in service.heard if one.target == "/submissions"]
    assert (keys, len(key)) == ([key, key], 36)


async def test_the_proofs_of_a_request_are_shown(portal: httpx.AsyncClient, service: FakeService) -> None:
    answering(service, profile())
    proof = {"scan_id": SCAN, "purpose": "proof", "status": "ready", "pages": 1, "checks": []}
    service.answers["GET", f"/change-requests/{RECORD}"] = (200, {**CHANGE, "organizations": [], "scans": [proof]})

    assert f'src="/api/v1/scans/{SCAN}/thumbnail"' in (await read(portal, f"/change-requests/{RECORD}")).text


async def test_who_adds_another_is_told_that_the_first_is_saved(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    answering(service, profile())
    service.answers["POST", f"{EDUCATION}/entries"] = (201, entry(FIRST, school="山东大学"))

    answer = await send(portal, f"{EDUCATION}/entries/new", ("school", "山东大学"), ("then", "another"))

    assert "已保存。" in (await read(portal, answer.headers["location"])).text


async def test_whose_letters_are_in_another_language_than_the_page_may_have_them_follow(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    answering(service, profile())
    me = {"name": "Ivan Petrov", "roles": ["applicant"], "programmes": [], "language": "zh"}
    service.answers["GET", "/me"] = (200, me | {"programmes": [{"programme": POOL, "status": "draft"}]})

    chinese = (await read(portal, "/home")).text
    english = (await portal.get("/home", headers={"Cookie": f"{COOKIE['Cookie']}; juxian-language=en"})).text

    assert ('name="language" value="zh"' in chinese, "Letters to you are written in Chinese." in english) == (
        False,
        True,
    )
    assert 'name="language" value="en"' in english
