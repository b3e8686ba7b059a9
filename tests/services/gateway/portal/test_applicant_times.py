"""When applicants may file, as their pages say it: before the opening, after the deadline, with an extension."""

import httpx
import pytest
from redis.asyncio import Redis

from tests.services.gateway.doubles import FakeService, log_in
from tests.services.gateway.portal.declared import POOL, TITLES, answering, profile
from tests.services.gateway.portal.test_applicant_doors import read

OPENS, CLOSES = "2026-11-25T01:00:00Z", "2026-12-10T15:59:00Z"
SAID = {
    ("coming", False): "申报于 2026-11-25 09:00 开始",
    ("coming", True): "为您单独设置的申报时间于 2026-11-25 09:00 开始",
    ("open", False): "申报于 2026-12-10 23:59 截止",
    ("open", True): "已为您单独延期，请在 2026-12-10 23:59 前提交",
    ("over", False): "申报已于 2026-12-10 23:59 截止",
    ("over", True): "为您单独设置的申报时间已于 2026-12-10 23:59 截止",
}


@pytest.mark.parametrize("slug", [POOL, TITLES])
async def test_each_page_says_when_one_may_file(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService, slug: str
) -> None:
    await log_in(cache)
    for (state, own), words in SAID.items():
        window = {"opens_at": OPENS, "closes_at": CLOSES, "state": state, "own": own}
        answering(service, {**profile(slug), "window": window, "can_file": state == "open"})

        pages = [(await read(portal, path)).text for path in ("/home", f"/profiles/{slug}", f"/profiles/{slug}/check")]

        assert [words in page for page in pages] == [True] * 3, (state, own)
        assert ["可以提交审核" in pages[0], 'name="declared"' in pages[2]] == [state == "open"] * 2


async def test_who_is_in_review_reads_nothing_of_it(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache)
    window = {"opens_at": OPENS, "closes_at": CLOSES, "state": "over", "own": False}
    answering(service, {**profile(status="in_review"), "window": window, "can_file": False})

    assert "截止" not in (await read(portal, "/home")).text
