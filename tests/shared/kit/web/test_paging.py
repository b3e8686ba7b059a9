"""Pages and queries: a cursor leads on, one that was made up leads nowhere, and unknown parameters are refused."""

import base64
from datetime import UTC, datetime
from uuid import UUID

import httpx
import orjson
import pytest

from shared.contracts.refusals import Invalid
from shared.kit.web.paging import Key, Page, _page, moment

AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
ROW = UUID("0192f3a4-5b6c-7d8e-9f00-112233445566")


def cursor_of(*keys: object) -> str:
    """A cursor that anybody could make."""
    return base64.urlsafe_b64encode(orjson.dumps(keys)).rstrip(b"=").decode()


def after(*keys: Key) -> Page:
    """The page after those keys, as the next request asks for it."""
    return _page(20, Page().of([], keys).next_cursor)


def test_a_cursor_brings_its_keys_back() -> None:
    page = after(True, AT.isoformat(), str(ROW))

    assert page.keys(bool, moment, UUID) == (True, AT, ROW)


def test_the_first_page_begins_nowhere_and_the_last_leads_nowhere() -> None:
    page = _page()

    assert page.keys(UUID) is None
    assert page.of(["x"], None).next_cursor is None


def test_a_page_is_cut_to_its_length() -> None:
    page = Page(limit=2)

    assert (page.cut([1, 2, 3]), page.cut([1, 2])) == (([1, 2], True), ([1, 2], False))


def test_any_text_is_a_key() -> None:
    text = '𠮷\' OR "1"=1; --\n'

    assert after(text).keys(str) == (text,)


def test_an_instant_is_read_in_utc() -> None:
    assert moment("2026-11-20T16:30:00+08:00") == AT
    assert moment("2026-11-20T16:30:00+08:00").tzinfo is UTC


@pytest.mark.parametrize(
    "keys",
    [
        (), (str(ROW), str(ROW)), ("somebody",), (7,), (None,), (True,), ("",), (1.5,),
    ],
)  # fmt: skip
def test_keys_that_are_no_id_are_refused(keys: tuple[Key, ...]) -> None:
    with pytest.raises(Invalid) as refused:
        after(*keys).keys(UUID)

    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("cursor", "cursor_unknown")]


@pytest.mark.parametrize(
    "key",
    [
        "yesterday", "2026-11-20T08:30:00", "2026-11-20", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", 7,
        None,
    ],
)  # fmt: skip
def test_keys_that_are_no_instant_are_refused(key: Key) -> None:
    with pytest.raises(Invalid):
        after(key).keys(moment)


@pytest.mark.parametrize("key", [7, None, True, 1.5, "a\0b"])
def test_keys_that_are_no_text_are_refused(key: Key) -> None:
    with pytest.raises(Invalid):
        after(key).keys(str)


@pytest.mark.parametrize("key", [1, "true", None])
def test_keys_that_are_no_switch_are_refused(key: Key) -> None:
    with pytest.raises(Invalid):
        after(key).keys(bool)


async def test_a_cursor_is_read_at_the_door(client: httpx.AsyncClient) -> None:
    cursor = Page().of([], (True, AT.isoformat(), str(ROW))).next_cursor

    answer = await client.get("/notes", params={"cursor": str(cursor), "limit": 100})

    assert answer.json() == {"items": [{"keys": [True, "2026-11-20T08:30:00Z", str(ROW)]}], "next_cursor": None}


@pytest.mark.parametrize(
    "cursor",
    [
        "!", "您好", "bnVsbA", "e30", "W1tdXQ", "x" * 1000, cursor_of(True), cursor_of({}), cursor_of(1, 2, 3),
        cursor_of(True, "2026-11-20T08:30:00+23:59", str(ROW) + "x"),
        base64.urlsafe_b64encode(b'[true, NaN, "\\ud800"]').decode(),
        base64.urlsafe_b64encode(b"\x80\x81").decode(),
    ],
)  # fmt: skip
async def test_a_cursor_that_was_made_up_is_refused(client: httpx.AsyncClient, cursor: str) -> None:
    answer = await client.get("/notes", params={"cursor": cursor})

    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [("cursor", "cursor_unknown")]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("page=2", "page", "unknown_parameter"),
        ("Limit=2", "Limit", "unknown_parameter"),
        ("limit[]=2", "limit[]", "unknown_parameter"),
        ("limit=2&limit=3", "limit", "parameter_twice"),
        ("wanted=1&wanted=1", "wanted", "parameter_twice"),
        ("wanted=%00", "wanted", "unsafe_characters"),
        ("cursor=a%E2%80%AEb", "cursor", "unsafe_characters"),
        (f"{'x' * 300}=1", "x" * 100, "unknown_parameter"),
        ("limit=0", "limit", "out_of_range"),
        ("limit=101", "limit", "out_of_range"),
        ("limit=ten", "limit", "wrong_type"),
        (f"cursor={'x' * 1001}", "cursor", "too_long"),
    ],
)
async def test_a_query_that_nobody_knows_is_refused(
    client: httpx.AsyncClient, query: str, field: str, code: str
) -> None:
    answer = await client.get(f"/notes?{query}")

    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(field, code)]


async def test_every_unknown_parameter_is_named_once(client: httpx.AsyncClient) -> None:
    answer = await client.get("/whoami?a=1&b=2&a=3")

    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [
        ("a", "unknown_parameter"), ("b", "unknown_parameter"),
    ]  # fmt: skip
