"""What people write is shown as what they wrote: every page of the portal, with markup in every word of its answers."""

import copy
import re
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from services.gateway.portal.pages import PAGES
from tests.house.test_roles import WORDS
from tests.services.gateway.conftest import _nothing_is_known, cache, door, portal, service
from tests.services.gateway.doubles import TOKEN, FakeService, log_in
from tests.services.gateway.samples import ANSWERS, RECORD

__all__ = ["_nothing_is_known", "cache", "door", "portal", "service"]
COOKIE = {"Cookie": f"juxian={TOKEN}"}
PAYLOAD = "\"'><img src=x onerror=alert(1)><b hx-get=/evil hx-on:click=alert(1)>{{7*7}}</b>\u202e"
HUMAN = re.compile("[\u4e00-\u9fff]")
CLEANED = {"html"}
"""What notify has cleaned to harmless elements: its own tests try it."""
FILES = {"/captchas/{captcha_id}/image", "/captchas/{captcha_id}/audio"}


def spoilt(answer: Any, name: str = "") -> Any:  # noqa: ANN401 - JSON
    """An answer with the payload in every text that people write, which is every Chinese one."""
    if isinstance(answer, dict):
        return {key: spoilt(value, key) for key, value in answer.items()}
    if isinstance(answer, list | tuple):
        return [spoilt(value, name) for value in answer]
    return answer + PAYLOAD if isinstance(answer, str) and HUMAN.search(answer) and name not in CLEANED else answer


def addresses() -> list[str]:
    """Every page that is looked at."""
    shown = [page.path for page in PAGES if page.method == "GET" and page.path not in FILES]
    return [re.sub(r"\{(\w+)\}", lambda place: {**WORDS, "token": "t"}.get(place[1], RECORD), path) for path in shown]


@pytest.mark.parametrize("role", ["applicant", "reviewer", "administrator"])
async def test_no_page_takes_words_for_markup(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService, role: str
) -> None:
    service.answers = {key: (status, spoilt(copy.deepcopy(answer))) for key, (status, answer) in ANSWERS.items()}
    await log_in(cache, role)
    taken, carried = [], 0
    for path in addresses():
        answer = await portal.get(path, headers=COOKIE)
        if "<img src=x" in answer.text or "hx-get=/evil hx-on" in answer.text.replace("&lt;b hx-get=/evil hx-on", ""):
            taken.append((path, answer.text[max(0, answer.text.find("<img src=x") - 80) :][:160]))
        carried += "&lt;img src=x" in answer.text
        assert "49</b>" not in answer.text, path

    assert taken == []
    assert carried > 5
