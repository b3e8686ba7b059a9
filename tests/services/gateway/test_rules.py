"""The law of the door, as tables."""

import pytest
from hypothesis import given, strategies as st

from services.gateway.rules.headers import handed_back, passed_on
from services.gateway.rules.hosts import client_address, net_of, split_host
from services.gateway.rules.openapi import merge
from services.gateway.rules.routes import Route, clean_path
from services.gateway.rules.signposts import Signpost, allowed, parameters
from services.gateway.rules.words import language_of, safe_next

ROUTES = (
    Route("GET", "/scans/{scan_id}", "profile", "scan"),
    Route("DELETE", "/scans/{scan_id}", "profile", "delete_scan"),
    Route("GET", "/scans/{scan_id}/pages/{page}", "profile", "scan_page"),
    Route("DELETE", "/sessions/current", "auth", "log_out"),
    Route("GET", "/sessions/{session_id}", "auth", "one"),
)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/scans/7", {"GET": "scan", "DELETE": "delete_scan"}),
        ("/scans/7/pages/1", {"GET": "scan_page"}),
        ("/scans", {}),
        ("/scans/7/pages", {}),
        ("/scans/", {}),
        ("/sessions/current", {"DELETE": "log_out"}),
        ("/sessions/7", {"GET": "one"}),
        ("", {}),
    ],
)
def test_a_path_finds_its_routes(path: str, found: dict[str, str]) -> None:
    assert {method: route.operation for method, route in Signpost(ROUTES).find(path).items()} == found


def test_a_table_says_each_thing_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        Signpost((*ROUTES, ROUTES[0]))


def test_what_stands_at_placeholders_is_read() -> None:
    assert parameters("/scans/{scan_id}/pages/{page}", "/scans/7/pages/1") == {"scan_id": "7", "page": "1"}
    assert allowed(["GET", "POST"]) == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b"/", "/"), (b"/a/b", "/a/b"), (b"/a%2Db", "/a-b"), (b"/a/", None), (b"//a", None), (b"/a/../b", None),
        (b"/a/./b", None), (b"/a/.../b", "/a/.../b"), (b"/a%2fb", None), (b"/a%00", None), (b"/a%", None),
        (b"/a;b", None), (b"/\xe5\xbe\xb7", None), (b"/" + b"a" * 201, None), (b"/a\\b", None), (b"/a%252fb", None),
        (b"/.hidden", "/.hidden"), (b"/%2e%2e/a", None),
    ],
)  # fmt: skip
def test_only_clean_paths_are_followed(raw: bytes, path: str | None) -> None:
    assert clean_path(raw) == path


@given(raw=st.binary(max_size=60))
def test_no_path_that_is_followed_can_be_read_otherwise(raw: bytes) -> None:
    path = clean_path(b"/" + raw)

    assert path is None or path == "/" or all(part and part not in {".", ".."} for part in path[1:].split("/"))


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        (None, "zh"), ("", "zh"), ("*", "zh"), ("en", "en"), ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en;q=0.5,zh;q=0.7", "zh"), ("de,en;q=0.3", "en"), ("de", "zh"), ("en;q=0", "zh"), ("EN-us", "en"),
        ("en;q=abc", "zh"), ("x" * 9000, "zh"), ("zh,en", "zh"),
    ],
)  # fmt: skip
def test_the_language_is_what_is_liked_best(accept: str | None, language: str) -> None:
    assert language_of(accept) == language


@pytest.mark.parametrize(
    ("path", "on"),
    [
        ("/submissions/1?a=b", "/submissions/1?a=b"), (None, "/"), ("", "/"), ("//evil", "/"), ("https://evil", "/"),
        ("/\\evil", "/"), ("/%5cevil", "/%5cevil"), ("/a\r\nb", "/"), ("/@evil", "/"), ("evil", "/"), ("/:80", "/"),
    ],
)  # fmt: skip
def test_a_login_goes_on_to_own_paths_alone(path: str | None, on: str) -> None:
    assert safe_next(path) == on


@pytest.mark.parametrize(
    ("address", "net"),
    [
        ("203.0.113.9", "203.0.113.9"), ("2001:db8::1", "2001:db8::/64"), ("2001:db8::ffff:1", "2001:db8::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"), ("unknown", "unknown"),
    ],
)  # fmt: skip
def test_a_household_is_one_client(address: str, net: str) -> None:
    assert net_of(address) == net


def test_a_peer_without_an_address_is_nobody_we_trust() -> None:
    assert client_address("", ["203.0.113.9"], ()) == ""
    assert split_host("a b") is None


def test_headers_with_what_cannot_be_printed_end_here() -> None:
    assert passed_on([(b"accept", b"a\x80"), (b"if-match", b'"1"'), (b"host", b"x")]) == {"if-match": '"1"'}
    assert handed_back([(b"ETag", b"1"), (b"Set-Cookie", b"a")]) == [(b"etag", b"1")]


def document(schema: dict[str, object], path: str) -> dict[str, object]:
    """A service's document with one component."""
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}}
    return {
        "paths": {path: {"get": {"summary": "s", "responses": {"200": answer, "422": {}},
                                 "parameters": [{"name": "authorization"}, {"name": "limit"}]}}},
        "components": {"schemas": {"Item": schema, "Hidden": {"type": "null"}}},
    }  # fmt: skip


def test_components_that_share_a_name_are_told_apart() -> None:
    routes = [Route("GET", "/a", "auth", "a", "public"), Route("GET", "/b/{id}", "review", "b"),
              Route("POST", "/c", "notify", "c", body="json")]  # fmt: skip
    merged = merge(
        routes, {"auth": document({"type": "string"}, "/a"), "review": document({"type": "integer"}, "/b/{id}")}
    )

    assert merged["components"]["schemas"].keys() == {"Item", "ReviewItem", "Problem", "ProblemError"}
    one = merged["paths"]["/api/v1/b/{id}"]["get"]
    assert one["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/ReviewItem"
    }
    assert one["parameters"] == [{"name": "limit"}]
    assert (one["security"], sorted(one["responses"])) == (
        [{"bearer": []}], ["200", "401", "403", "404", "422", "429", "503"],
    )  # fmt: skip
    assert merged["paths"]["/api/v1/c"]["post"]["responses"]["200"] == {"description": "OK"}
