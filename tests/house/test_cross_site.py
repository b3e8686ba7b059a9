"""What another site makes a browser send is refused: every unsafe call of the API, every form of the portal."""

from collections.abc import Iterator

import httpx
import pytest
from redis.asyncio import Redis

from services.gateway.api.routes import ROUTES
from services.gateway.portal.pages import PAGES
from services.gateway.rules.csrf import SAFE
from tests.house.test_roles import path_of
from tests.services.gateway.conftest import cache, client, door, gateway, service
from tests.services.gateway.doubles import CSRF, TOKEN, FakeService, log_in
from tests.services.gateway.samples import ANSWERS, RECORD

__all__ = ["cache", "client", "door", "gateway", "service"]
COOKIE = {"Cookie": f"juxian={TOKEN}"}
OWN = {"Origin": "http://localhost:8000"}
FOREIGN = {"Origin": "https://evil.example"}
FROM_ELSEWHERE = [
    (COOKIE | FOREIGN | {"X-CSRF-Token": CSRF}, "cross_site"),
    (COOKIE | OWN | {"Sec-Fetch-Site": "cross-site", "X-CSRF-Token": CSRF}, "cross_site"),
    (COOKIE | OWN | {"Sec-Fetch-Site": "same-site", "X-CSRF-Token": CSRF}, "cross_site"),
    (COOKIE | {"X-CSRF-Token": CSRF}, "csrf_failed"),
    (COOKIE | OWN | {"X-CSRF-Token": "of-another"}, "csrf_failed"),
    (COOKIE | OWN, "csrf_failed"),
    (FOREIGN, "cross_site"),
]
SENTENCES = {"cross_site": "该请求来自其他网站", "csrf_failed": "页面已过期"}


def unsafe() -> Iterator[tuple[str, str, bool]]:
    """Method and address of whatever changes something, and whether it is a form with files."""
    for route in ROUTES:
        if route.method not in SAFE:
            yield route.method, f"/api/v1{path_of(route)}", False
    for page in PAGES:
        if page.method not in SAFE:
            parts = [RECORD if part.startswith("{") else part for part in page.path.split("/")]
            yield page.method, "/".join(parts), page.takes_files


@pytest.mark.parametrize(("headers", "code"), FROM_ELSEWHERE)
async def test_nothing_that_another_site_sends_is_done(
    client: httpx.AsyncClient, cache: Redis, service: FakeService, headers: dict[str, str], code: str
) -> None:
    service.answers |= ANSWERS
    await log_in(cache, "applicant", "reviewer", "administrator")
    done = []
    for method, path, has_files in unsafe():
        service.heard.clear()
        if has_files:
            answer = await client.request(method, path, headers=headers, files={"file": ("a", b"b")})
        else:
            answer = await client.request(method, path, headers=headers | {"Content-Type": ""}, content=b"a=b")
        told = code if path.startswith("/api/") else SENTENCES[code]
        asked = [heard.target for heard in service.heard if heard.method not in SAFE]
        if answer.status_code != 403 or told not in answer.text or asked:
            done.append((method, path, answer.status_code, asked))

    assert done == []
