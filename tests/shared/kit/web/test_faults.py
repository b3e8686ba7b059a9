"""Bodies: what is wrong is named, and what was sent is never said again (quality, A53 to A55)."""

import httpx
import pytest

from shared.kit.web.faults import faults_of

JSON = {"Content-Type": "application/json"}
SECRET = "Geheim-4711"


async def faults(client: httpx.AsyncClient, body: str, path: str = "/notes") -> list[tuple[str | None, str]]:
    """Fields and codes of what is wrong with a body."""
    answer = await client.post(path, content=body.encode("utf-8", "surrogatepass"), headers=JSON)
    assert answer.status_code == 422, answer.text
    assert SECRET not in answer.text
    return [(error.get("field"), error["code"]) for error in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ("{}", "what", "required"),
        (f'{{"what": "x", "{"owner_id"}": "{SECRET}"}}', "owner_id", "unknown_field"),
        ('{"what": "x", "body": 1}', "body", "unknown_field"),
        (f'{{"what": "{SECRET * 2}"}}', "what", "too_long"),
        ('{"what": 7}', "what", "wrong_type"),
        ('{"what": null}', "what", "wrong_type"),
        (f'{{"what": "x", "how_often": "{SECRET}"}}', "how_often", "wrong_type"),
        ('{"what": "x", "how_often": 10}', "how_often", "out_of_range"),
        ('{"what": "x", "how_often": 0}', "how_often", "out_of_range"),
        (f'{{"what": "x", "owner": "{SECRET}"}}', "owner", "not_an_id"),
        ('{"what": "x", "tags": ["a", "b", "c"]}', "tags", "too_many"),
        ('{"what": "x", "tags": ["a", 7]}', "tags.1", "wrong_type"),
        (f'{{"what": "{SECRET}"', None, "malformed"),
        (f'["{SECRET}"]', None, "wrong_type"),
        (f'"{SECRET}"', None, "wrong_type"),
        ("null", None, "wrong_type"),
        ("", None, "required"),
    ],
)
async def test_each_fault_names_its_field_and_says_nothing_of_the_input(
    client: httpx.AsyncClient, body: str, field: str | None, code: str
) -> None:
    assert await faults(client, body) == [(field, code)]


async def test_an_empty_body_is_said_to_be_empty(client: httpx.AsyncClient) -> None:
    answer = await client.post("/notes", content="", headers=JSON)

    assert [error["message"] for error in answer.json()["errors"]] == ["请求没有内容。"]


def test_a_fault_of_all_that_was_sent_names_no_field() -> None:
    (fault,) = faults_of([{"type": "value_error", "loc": ("body",), "ctx": {}}])

    assert (fault.field, fault.message) == (None, "所填内容有误，或前后不一致，请检查。")


async def test_all_faults_are_named_at_once(client: httpx.AsyncClient) -> None:
    found = await faults(client, '{"what": "", "how_often": 0, "tags": 7, "extra": 1}')

    assert found == [("how_often", "out_of_range"), ("tags", "wrong_type"), ("extra", "unknown_field")]


async def test_a_fault_says_its_bound_in_the_readers_language(client: httpx.AsyncClient) -> None:
    answer = await client.post("/notes", json={"what": "x" * 21}, headers={"Accept-Language": "en"})

    assert answer.json()["errors"][0]["message"].count("20") == 1


@pytest.mark.parametrize(
    "what",
    ["\\u0000", "a\\u001fb", "a\\u007fb", "\\u202eabc", "\\u2066abc", "\\u2069", "\\ud800", "a\\udfff"],
)
async def test_text_that_no_reader_can_see_or_no_database_keep_is_refused(client: httpx.AsyncClient, what: str) -> None:
    [(_field, code)] = await faults(client, f'{{"what": "{what}"}}')

    assert code in {"invalid_value", "malformed", "wrong_type"}


@pytest.mark.parametrize("what", ["𠮷田 花子", "Zoë O’Neil", "买买提·艾力", "line\nline", "a\u200db", "👨‍👩‍👧", "ｅ́"])
async def test_rare_characters_are_kept_as_they_are(client: httpx.AsyncClient, what: str) -> None:
    answer = await client.post("/notes", json={"what": what})

    assert (answer.status_code, answer.json()["what"]) == (201, what)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999999", "1e30", "9223372036854775808", "1.5", "{}"])
async def test_a_number_that_is_none_is_refused(client: httpx.AsyncClient, number: str) -> None:
    answer = await client.post("/notes", content=f'{{"what": "x", "how_often": {number}}}', headers=JSON)

    assert answer.status_code == 422


@pytest.mark.parametrize("body", ["[" * 5000 + "]" * 5000, '{"what":' * 3000 + "1" + "}" * 3000, '{"what": "\ud800"}'])
async def test_a_body_that_no_parser_likes_is_refused(client: httpx.AsyncClient, body: str) -> None:
    answer = await client.post("/notes", content=body.encode("utf-8", "surrogatepass"), headers=JSON)

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "body",
    ['{"what": "x", "what": "y"}', '{"what": "x", "tags": [{"a": 1, "a": 2}]}', '{"what": "x", "how_often": NaN}'],
)
async def test_a_body_that_can_be_read_in_two_ways_is_refused(client: httpx.AsyncClient, body: str) -> None:
    answer = await client.post("/notes", content=body, headers=JSON)

    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


@pytest.mark.parametrize("value", [0, 1, 1.5, "0", "1.5", "yes", "true"])
@pytest.mark.parametrize("field", ["is_done", "due_on", "due_at"])
async def test_a_number_is_no_date_and_no_switch(client: httpx.AsyncClient, field: str, value: object) -> None:
    answer = await client.post("/notes", json={"what": "x", field: value})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize("path", ["/days/0", "/days/1.5", "/days/2026-05-01?until=0"])
async def test_a_number_in_an_address_is_no_date(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).json()["errors"][0]["code"] == "not_a_date"
    assert (await client.get("/days/2026-05-01?until=2026-05-02")).json() == ["2026-05-01", "2026-05-02"]


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
async def test_a_body_of_another_type_is_refused(client: httpx.AsyncClient, kind: str) -> None:
    answer = await client.post("/notes", content='{"what": "x"}', headers={"Content-Type": kind})

    assert answer.status_code in {415, 422}
    assert answer.headers["content-type"] == "application/problem+json"


def test_no_more_than_a_hundred_faults_are_told() -> None:
    assert len(faults_of([{"type": "missing", "loc": ("body", str(n))} for n in range(1000)])) == 100


def test_a_fault_that_nobody_foresaw_has_a_sentence_too() -> None:
    [fault] = faults_of([{"type": "never_heard_of", "loc": ("body", "a"), "ctx": {"error": SECRET, "ge": 3}}])

    assert (fault.code, fault.field, fault.values) == ("invalid_value", "a", (("field", "a"), ("ge", 3)))
