"""Problem documents: each family of refusals has its status, in the reader's language, and nothing inside shows."""

import httpx
import pytest

from shared.contracts import refusals
from shared.contracts.refusals import Refusal
from shared.kit.texts import english
from shared.kit.web.problems import STATUSES, TITLES, language_of, problem, status_of

EXPECTED = {
    "Unauthenticated": 401, "Forbidden": 403, "Missing": 404, "Conflict": 409, "Gone": 410, "Changed": 412,
    "TooLarge": 413, "Unsupported": 415, "Invalid": 422, "TooMany": 429, "Unavailable": 503, "OutOfSpace": 507,
}  # fmt: skip
FAMILIES = {kind.__name__: kind for kind in Refusal.__subclasses__() if kind.__module__ == refusals.__name__}


def test_every_family_has_its_status() -> None:
    assert {kind.__name__: status for kind, status in STATUSES.items()} == EXPECTED
    assert set(FAMILIES) == set(EXPECTED)


def test_a_refusal_of_a_services_own_has_the_status_of_its_family() -> None:
    class AlreadyFiled(refusals.Conflict):
        pass

    assert status_of(AlreadyFiled()) == 409


@pytest.mark.parametrize("family", EXPECTED)
async def test_a_refusal_is_answered_with_a_problem_document(client: httpx.AsyncClient, family: str) -> None:
    kind, status = FAMILIES[family], EXPECTED[family]
    answer = await client.get(f"/refusals/{family}")

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json() == {
        "type": f"/problems/{kind.code}", "title": TITLES[status], "status": status, "detail": kind.sentence,
        "code": kind.code, "part": "review",
    }  # fmt: skip
    assert answer.headers["retry-after"] == "7"
    assert answer.headers.get("www-authenticate") == ("Bearer" if status == 401 else None)


@pytest.mark.parametrize("family", EXPECTED)
async def test_an_english_reader_is_answered_in_english(client: httpx.AsyncClient, family: str) -> None:
    answer = (await client.get(f"/refusals/{family}", headers={"Accept-Language": "en-GB,zh;q=0.5"})).json()

    assert answer["title"] == english()[TITLES[EXPECTED[family]]]
    assert answer["detail"] == english()[FAMILIES[family].sentence]


@pytest.mark.parametrize(
    ("header", "language"),
    [(None, "zh"), ("", "zh"), ("en", "en"), ("EN-us", "en"), ("zh-CN,en;q=0.9", "zh"), ("fr,en", "zh"), ("*", "zh")],
)
def test_the_language_that_comes_first_counts(header: str | None, language: str) -> None:
    assert language_of(header) == language


def test_a_refusal_without_a_time_names_none() -> None:
    assert problem(refusals.Unavailable(), "zh")[2] == {}


@pytest.mark.parametrize(("language", "said"), [("zh", "不超过45岁"), ("en", "45 at most")])
async def test_each_fault_is_named_with_its_values_filled(client: httpx.AsyncClient, language: str, said: str) -> None:
    answer = await client.get("/refusals/Faults", headers={"Accept-Language": language})
    hole = said.replace("45", "{years}")

    assert answer.json()["errors"] == [
        {"field": "a", "entry": "7", "code": "required", "message": said},
        {"field": "birth_date", "section": "person", "code": "too_old", "message": hole},
    ]


async def test_what_nobody_foresaw_shows_an_id_and_nothing_inside(client: httpx.AsyncClient) -> None:
    answer = await client.get("/surprise", headers={"X-Request-Id": "request-9"})

    assert answer.status_code == 500
    assert answer.json() == {
        "type": "/problems/internal_error", "title": "系统错误", "status": 500, "code": "internal_error",
        "detail": "系统出现意外错误，已记录。请稍后再试；如仍有问题，请联系支持人员。", "request_id": "request-9",
    }  # fmt: skip
    assert "hunter2" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "/nowhere", 404, "not_found"), ("PATCH", "/notes", 405, "method_not_allowed")],
)
async def test_what_the_framework_refuses_is_a_problem_document_too(
    client: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    answer = await client.request(method, path)

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (answer.json()["code"], answer.json()["status"]) == (code, status)
