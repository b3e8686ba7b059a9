"""What who shares is told of the partner: that it took the update, is still being told, or cannot be reached."""

from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from tests.services.gateway.doubles import FakeService, log_in
from tests.services.gateway.portal.declared import TITLES, answering, profile
from tests.services.gateway.portal.test_applicant_doors import read

AT = "2026-11-20T01:00:00Z"


def sharing(*, shared: bool, state: str | None) -> dict[str, Any]:
    """A sharing as its owner sees it."""
    return {
        "shared": shared, "fields": [], "url": "http://localhost:8000/experts/x" if shared else None,
        "last_shared_at": AT, "searchable": False, "can_share": True, "reason": None,
        "partner": {"title": {"zh": "找专家网", "en": "Find an expert"}}, "consent": None,
        "text": {"version": "1", "zh": "本人同意", "en": "I agree"}, "offered": [],
        "push": {"state": state, "at": AT} if state else None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("shared", "state", "words"),
    [(True, "done", "合作网站已于 2026-11-20 09:00 收到更新"), (True, "retry", "正在通知合作网站；"),
     (False, "queued", "正在通知合作网站删除"), (True, "failed", "合作网站一直没有响应"), (False, "done", None),
     (True, None, None)],
)  # fmt: skip
async def test_who_shares_reads_how_the_partner_stands(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService, shared: bool, state: str | None, words: str | None
) -> None:
    await log_in(cache)
    path = f"{answering(service, profile(TITLES, status='approved'))}/sharing"
    service.answers["GET", path] = (200, sharing(shared=shared, state=state))

    page = (await read(portal, path)).text

    assert (words or "公开") in page
    assert ("合作网站" in page) == (words is not None)
