"""The second manual's list of functions: at the left for whoever was given an account, and for nobody else."""

from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from shared.kit.ids import new_id
from tests.services.gateway.doubles import TOKEN, FakeService, log_in

COOKIE = {"Cookie": f"juxian={TOKEN}"}
PROGRAMMES: list[dict[str, Any]] = [
    {"programme": "hebei-professional-title", "accounts": "assigned", "title": {"zh": "河北", "en": "Hebei"}},
    {"programme": "dezhou-talent-pool", "accounts": "self_registered", "title": {"zh": "德州", "en": "Dezhou"}},
]
LIST = 'aria-label="功能列表"'


@pytest.fixture
def notices(service: FakeService) -> FakeService:
    """No announcements, and two programmes."""
    service.answers["GET", "/programmes"] = (200, {"items": PROGRAMMES})
    service.answers["GET", "/announcements"] = (200, {"items": [], "next_cursor": None, "unread": 0})
    return service


@pytest.mark.parametrize(
    ("own", "role", "has_list"),
    [
        (["hebei-professional-title"], "applicant", True),
        (["dezhou-talent-pool", "hebei-professional-title"], "applicant", True),
        (["dezhou-talent-pool"], "applicant", False),
        ([], "reviewer", False),
    ],
)
async def test_the_list_stands_beside_the_pages_of_assigned_accounts(
    portal: httpx.AsyncClient, cache: Redis, notices: FakeService, own: list[str], role: str, has_list: bool
) -> None:
    await log_in(cache, role, account_id=str(new_id()))
    notices.answers["GET", "/me"] = (200, {"programmes": [{"programme": slug} for slug in own]})

    page = (await portal.get("/announcements", headers=COOKIE)).text

    assert (LIST in page, 'href="/profiles/hebei-professional-title"' in page) == (has_list, has_list)


async def test_a_visitor_is_asked_for_nothing_more(portal: httpx.AsyncClient, notices: FakeService) -> None:
    page = (await portal.get("/announcements")).text

    assert (LIST in page, [heard.target.partition("?")[0] for heard in notices.heard]) == (
        False,
        ["/announcements", "/programmes"],
    )


async def test_who_must_change_the_password_first_is_shown_no_other_way(
    portal: httpx.AsyncClient, cache: Redis, notices: FakeService
) -> None:
    await log_in(cache, "applicant", must_change_password=True)

    page = (await portal.get("/password", headers=COOKIE)).text

    assert (LIST in page, "确认提交" in page) == (False, True)
