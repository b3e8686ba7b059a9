"""Pages of approved people for everybody: the list, one expert, and verifying a number."""

import json
import re

import httpx

from tests.services.gateway.doubles import FakeService

TITLE = {"zh": "姓名", "en": "Name"}
NAME = {"key": "basic.name", "title": TITLE, "value": "王芳", "shown": {"zh": "王芳</script>", "en": "王芳"}}
EXPERT = {
    "slug": "ab3kz9qwe2rt",
    "url": "http://localhost:8000/experts/ab3kz9qwe2rt",
    "programme": "hebei-professional-title",
    "programme_title": {"zh": "河北省职称信息管理系统", "en": "Hebei Professional Titles"},
    "name": "王芳</script>",
    "searchable": False,
    "updated_at": "2026-11-20T08:00:00+00:00",
    "photo": False,
    "sections": [
        {"section": "basic", "title": {"zh": "基本信息", "en": "Basic"}, "repeated": False, "records": [[NAME]]}
    ],
    "structured": {"@context": "https://schema.org", "@type": "Person", "name": "王芳</script><script>alert(1)"},
}
VERIFIED = {
    "number": "DZ-2026-000001",
    "kind": "submission",
    "name": "张**",
    "programme": "dezhou-talent-pool",
    "title": {"zh": "德州市高层次人才库", "en": "Dezhou"},
    "category": "C",
    "category_title": {"zh": "C 类", "en": "Class C"},
    "approved_on": "2026-11-20",
}


async def test_an_expert_is_shown_to_people_and_to_machines(portal: httpx.AsyncClient, service: FakeService) -> None:
    service.answers["GET", "/experts/ab3kz9qwe2rt"] = (200, EXPERT)
    page = await portal.get("/experts/ab3kz9qwe2rt")
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    assert data is not None
    assert json.loads(data.group(1)) == EXPERT["structured"]
    assert ("王芳</script>" in page.text, "王芳&lt;/script&gt;" in page.text) == (False, True)
    assert 'content="http://localhost:8000/api/v1/experts/ab3kz9qwe2rt/card.png"' in page.text


async def test_search_engines_keep_only_what_was_consented_to(portal: httpx.AsyncClient, service: FakeService) -> None:
    robots = []
    for searchable in (False, True):
        service.answers["GET", "/experts/ab3kz9qwe2rt"] = (200, EXPERT | {"searchable": searchable})
        page = await portal.get("/experts/ab3kz9qwe2rt")
        robots.append((page.headers["x-robots-tag"], f'content="{page.headers["x-robots-tag"]}"' in page.text))
    assert robots == [("noindex, nofollow", True), ("all", True)]


async def test_who_shares_nothing_has_no_page(portal: httpx.AsyncClient, service: FakeService) -> None:
    service.answers["GET", "/experts/nobody"] = (404, {"code": "not_found", "detail": "没有"})
    assert (await portal.get("/experts/nobody")).status_code == 404


async def test_experts_are_listed_by_what_was_searched_for(portal: httpx.AsyncClient, service: FakeService) -> None:
    item = {"slug": "ab3kz9qwe2rt", "url": "", "name": "王芳", "employer": "示范设计院", "programme": "p"}
    service.answers["GET", "/experts"] = (200, {"items": [item], "next_cursor": "next"})
    page = (await portal.get("/experts", params={"query": "王"})).text
    assert ['href="/experts/ab3kz9qwe2rt"' in page, "示范设计院" in page, "cursor=next" in page] == [True, True, True]
    service.answers["GET", "/experts"] = (200, {"items": [], "next_cursor": None})
    assert "没有找到专家" in (await portal.get("/experts", params={"query": "李"})).text


async def test_a_number_is_verified_and_an_unknown_one_is_told_of_kindly(
    portal: httpx.AsyncClient, service: FakeService
) -> None:
    asked = await portal.get("/verify", params={"number": " DZ-2026-000001 "})
    assert (asked.status_code, asked.headers["location"]) == (303, "/verify/DZ-2026-000001")
    service.answers["GET", "/verify/DZ-2026-000001"] = (200, VERIFIED)
    page = await portal.get("/verify/DZ-2026-000001")
    assert ["张**" in page.text, "C 类" in page.text, "已审核通过" in page.text] == [True, True, True]
    member = VERIFIED | {"number": "DZ2026000001", "kind": "member"}
    service.answers["GET", "/verify/DZ2026000001"] = (200, member)
    assert "<dt>人才编号</dt><dd>DZ2026000001</dd>" in (await portal.get("/verify/DZ2026000001")).text
    service.answers["GET", "/verify/DZ-2026-999999"] = (404, {"code": "not_found", "detail": "没有"})
    unknown = await portal.get("/verify/DZ-2026-999999")
    assert (unknown.status_code, "没有查到这个编号" in unknown.text) == (404, True)
