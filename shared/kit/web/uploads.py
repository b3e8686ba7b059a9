"""A form with one file, as it comes in: counted, timed, and anything but its named parts refused."""

import asyncio
from collections.abc import AsyncGenerator, Collection

from fastapi import Request
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser

from shared.contracts.refusals import Fault, Invalid, TooLarge
from shared.contracts.texts import _

ENVELOPE = 64 * 1024
"""Bytes that the form around a file may take."""
SILENCE = 30.0
"""Seconds that a client may send nothing."""
FIELDS = 4
MULTIPART = "multipart/form-data"


async def upload_form(request: Request, largest: int, too_large: TooLarge) -> FormData:
    """Read a form with one file of at most `largest` bytes; what is beyond a megabyte lies on disk meanwhile.

    Raises `too_large` as soon as that is known, Invalid for another kind of body, one that breaks off, and silence.
    The caller closes the form (RFC 7578).
    """
    if not request.headers.get("content-type", "").startswith(MULTIPART):
        raise Invalid("malformed", _("请以 multipart/form-data 上传文件。"))
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > largest + ENVELOPE:
        raise too_large
    chunks = _counted(request, largest + ENVELOPE, too_large)
    try:
        return await MultiPartParser(request.headers, chunks, max_files=1, max_fields=FIELDS).parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise Invalid("malformed", _("上传内容无法读取，请重试。")) from error


def strangers(form: FormData, names: Collection[str]) -> list[Fault]:
    """A fault for each part that is not among `names`, or came twice."""
    came = [name for name, _value in form.multi_items()]
    return [
        Fault("unknown_field", _("没有名为“{field}”的字段。"), field=name[:100], values=(("field", name[:100]),))
        for name in dict.fromkeys(came)
        if name not in names or came.count(name) > 1
    ]


async def _counted(request: Request, most: int, too_large: TooLarge) -> AsyncGenerator[bytes, None]:
    """The body's chunks; refused once there are too many, or when the client falls silent."""
    total, stream = 0, request.stream().__aiter__()
    while True:
        try:
            async with asyncio.timeout(SILENCE):
                chunk = await anext(stream, None)
        except TimeoutError as error:
            raise Invalid("upload_stalled", _("上传中断，请重试。")) from error
        if chunk is None:
            return
        total += len(chunk)
        if total > most:
            raise too_large
        yield chunk
