"""Static files: sent as small as the client can take them, and kept for good where the address names the content."""

import gzip
import re

import httpx
import pytest

from services.gateway.portal.files import FOLDER, address

TABLER = "/static/vendor/tabler.min.css"


async def raw(portal: httpx.AsyncClient, path: str, codings: str) -> tuple[str | None, bytes]:
    """How a file is packed, and its bytes as they went over the wire."""
    async with portal.stream("GET", path, headers={"Accept-Encoding": codings}) as answer:
        assert answer.status_code == 200
        return answer.headers.get("content-encoding"), b"".join([chunk async for chunk in answer.aiter_raw()])


@pytest.mark.parametrize(
    ("codings", "coding"),
    [("gzip, deflate, br, zstd", "br"), ("br;q=1.0, gzip", "br"), ("gzip", "gzip"), ("identity", None),
     ("br;q=0, gzip", "gzip"), ("", None)],
)  # fmt: skip
async def test_a_file_goes_out_as_the_client_takes_it(
    portal: httpx.AsyncClient, codings: str, coding: str | None
) -> None:
    path, plain = FOLDER / "vendor" / "tabler.min.css", (FOLDER / "vendor" / "tabler.min.css").read_bytes()
    packed = path.with_name("tabler.min.css.br").read_bytes()
    found, content = await raw(portal, TABLER, codings)
    assert found == coding
    assert {"br": content == packed, "gzip": content[:2] == b"\x1f\x8b", None: content == plain}[coding]


async def test_what_was_packed_beforehand_has_no_address_of_its_own(portal: httpx.AsyncClient) -> None:
    assert (await portal.get(f"{TABLER}.br")).status_code == 404


async def test_a_file_of_ours_is_packed_on_the_way(portal: httpx.AsyncClient) -> None:
    found, content = await raw(portal, "/static/portal.css", "br, gzip")
    assert (found, gzip.decompress(content)) == ("gzip", (FOLDER / "portal.css").read_bytes())


@pytest.mark.parametrize("name", sorted(path.name for path in (FOLDER / "js").glob("*.js")))
async def test_a_script_names_its_modules_as_pages_do_so_that_none_runs_twice(
    portal: httpx.AsyncClient, name: str
) -> None:
    script = (await portal.get(f"/static/js/{name}")).text
    modules = re.findall(r"""["']([^"'\s]+\.js)(\?[0-9a-f]{12})?["']""", script)
    assert [path for path, mark in modules if f"{path}{mark}" != address(path.removeprefix("/static/"))] == []
