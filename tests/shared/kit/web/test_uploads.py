"""Forms with one file: counted as they come, timed, and nothing beside their named parts."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.datastructures import FormData
from starlette.requests import Request

from shared.contracts.refusals import Invalid, TooLarge
from shared.kit.web import uploads
from shared.kit.web.uploads import ENVELOPE, strangers, upload_form

MARK = "mark"
LARGEST = 1000
TOO_LARGE = TooLarge("file_too_large")


def part(name: str, content: bytes, more: str = "") -> bytes:
    """One part of a form."""
    head = f'--{MARK}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def request(
    chunks: list[bytes], kind: str = f"multipart/form-data; boundary={MARK}", length: int | None = None
) -> Request:
    """A request whose body comes in these chunks, and falls silent after the last where it has no end."""
    waiting = iter(chunks)

    async def receive() -> dict[str, object]:
        chunk = next(waiting, None)
        if chunk is None:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": chunk, "more_body": chunk != END}

    headers = [(b"content-type", kind.encode())]
    if length:
        headers.append((b"content-length", str(length).encode()))
    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


END = f"--{MARK}--\r\n".encode()
FILE = part("file", b"content", '; filename="a.pdf"')


@pytest.fixture
async def form() -> AsyncIterator[FormData]:
    """A form with a file, a purpose twice, and a stranger."""
    parts = [FILE, part("purpose", b"proof"), part("purpose", b"photo"), part("owner", b"me"), END]
    read = await upload_form(request(parts), LARGEST, TOO_LARGE)
    yield read
    await read.close()


async def test_a_part_that_is_not_asked_for_or_came_twice_is_named(form: FormData) -> None:
    assert [fault.field for fault in strangers(form, {"file", "purpose"})] == ["purpose", "owner"]


@pytest.mark.parametrize("chunks", [[FILE, part("x", b"y" * (LARGEST + ENVELOPE)), END]])
async def test_a_body_is_refused_as_soon_as_it_is_too_large(chunks: list[bytes]) -> None:
    with pytest.raises(TooLarge):
        await upload_form(request(chunks), LARGEST, TOO_LARGE)


async def test_a_body_that_says_itself_that_it_is_too_large_is_not_read() -> None:
    with pytest.raises(TooLarge):
        await upload_form(request([], length=LARGEST + ENVELOPE + 1), LARGEST, TOO_LARGE)


@pytest.mark.parametrize(("kind", "chunks"), [
    ("application/json", [b"{}"]), ("multipart/form-data", [FILE, END]),
    (f"multipart/form-data; boundary={MARK}", [b"no form at all", END]),
])  # fmt: skip
async def test_what_is_no_form_is_said_to_be_none(kind: str, chunks: list[bytes]) -> None:
    with pytest.raises(Invalid) as refused:
        await upload_form(request(chunks, kind), LARGEST, TOO_LARGE)

    assert refused.value.code == "malformed"


async def test_a_client_that_falls_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "SILENCE", 0.01)

    with pytest.raises(Invalid) as refused:
        await upload_form(request([FILE]), LARGEST, TOO_LARGE)

    assert refused.value.code == "upload_stalled"
