"""Pages that wait for a document: how far it is while a job makes it, the way to the file when it is done."""

import httpx
import pytest
from redis.asyncio import Redis

from tests.services.gateway.doubles import TOKEN, FakeService, log_in
from tests.services.gateway.samples import RECORD

COOKIE = {"Cookie": f"juxian={TOKEN}"}
DOSSIER = f"/submissions/{RECORD}/dossier"
PAGES = [
    ("/account/export", "/me/export/state", "/api/v1/me/export"),
    (DOSSIER, f"{DOSSIER}/state", f"/api/v1{DOSSIER}.pdf"),
]
ids = pytest.mark.parametrize(("page", "asked", "file"), PAGES, ids=["export", "dossier"])


def made(status: str, done: int) -> dict[str, object]:
    """How far a document of four parts is."""
    return {"job_id": RECORD, "status": status, "done": done, "total": 4}


@ids
async def test_a_page_looks_again_until_the_file_is_there(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService, page: str, asked: str, file: str
) -> None:
    await log_in(cache, "applicant")
    service.answers["GET", asked] = (200, made("running", 3))
    waiting = (await portal.get(page, headers=COOKIE)).text
    service.answers["GET", asked] = (200, made("done", 4))
    done = (await portal.get(page, headers=COOKIE)).text

    assert ('hx-trigger="every 2s"' in waiting, "3 / 4" in waiting, file in waiting) == (True, True, False)
    assert ('hx-trigger="every 2s"' in done, f'href="{file}" download' in done) == (False, True)


@pytest.mark.parametrize("page", [page for page, _asked, _file in PAGES], ids=["export", "dossier"])
async def test_who_is_not_known_logs_in_first(portal: httpx.AsyncClient, service: FakeService, page: str) -> None:
    answer = await portal.get(page)
    assert (answer.status_code, answer.headers["location"][:12], service.heard) == (303, "/login?next=", [])


async def test_somebody_elses_dossier_is_not_there(
    portal: httpx.AsyncClient, cache: Redis, service: FakeService
) -> None:
    await log_in(cache, "applicant")
    service.answers["GET", f"{DOSSIER}/state"] = (404, {"code": "not_found", "detail": "没有找到所请求的内容。"})
    assert (await portal.get(DOSSIER, headers=COOKIE)).status_code == 404
