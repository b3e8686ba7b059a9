"""Takes an uploaded list in: two parts of a form, five megabytes at most."""

import asyncio
import hashlib
import re
import unicodedata
from collections.abc import AsyncGenerator
from typing import NamedTuple

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from services.auth.rules.people import sentence_of
from shared.contracts.refusals import Fault, Invalid, TooLarge
from shared.contracts.texts import _

LARGEST = 5 * 1024 * 1024
ENVELOPE = 64 * 1024
"""Bytes that the form around the file may take."""
SILENCE = 30.0
"""Seconds that a client may send nothing."""
LONGEST_NAME = 200
UNSAFE = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff/\\\\]")


class UploadedList(NamedTuple):
    """The file with its name as it may be shown, and the programme."""

    programme: str
    name: str
    content: bytes
    sha256: str


async def received(request: Request) -> UploadedList:
    """The two parts of the form; refused: anything else (422), more than 5 MB (413)."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Invalid(code="malformed", sentence=_("请以 multipart/form-data 上传文件。"))
    try:
        form = await MultiPartParser(request.headers, _limited(request), max_files=1, max_fields=2).parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise Invalid(code="malformed", sentence=_("上传内容无法读取，请重试。")) from error
    try:
        programme, file = _parts(form)
        content = await file.read()
    finally:
        await form.close()
    if len(content) > LARGEST:
        raise _too_large()
    digest = hashlib.sha256(programme.encode() + b"\0" + content).hexdigest()
    return UploadedList(programme, _shown(file.filename or ""), content, digest)


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    """The body's chunks; refused once it is too large, or when the client falls silent."""
    total, stream = 0, request.stream().__aiter__()
    while True:
        try:
            async with asyncio.timeout(SILENCE):
                chunk = await anext(stream, None)
        except TimeoutError as error:
            raise Invalid(code="upload_stalled", sentence=_("上传中断，请重试。")) from error
        if chunk is None:
            return
        total += len(chunk)
        if total > LARGEST + ENVELOPE:
            raise _too_large()
        yield chunk


def _parts(form: FormData) -> tuple[str, UploadFile]:
    """Programme and file; anything else, missing or twice, is refused at once."""
    names = [name for name, _value in form.multi_items()]
    programme, file = form.get("programme"), form.get("file")
    faults = [
        Fault("unknown_field", _("没有名为“{field}”的字段。"), field=name[:100], values=(("field", name[:100]),))
        for name in dict.fromkeys(names)
        if name not in {"programme", "file"} or names.count(name) > 1
    ]
    if not isinstance(file, UploadFile):
        faults.append(Fault("file_missing", sentence_of("file_missing"), field="file"))
    if not isinstance(programme, str) or not programme:
        faults.append(Fault("required", _("请选择申报项目。"), field="programme"))
    if faults or not isinstance(file, UploadFile):
        raise Invalid(faults=faults)
    return str(programme), file


def _shown(name: str) -> str:
    """A file's name as it may be shown: hostile like everything that comes in."""
    return UNSAFE.sub("", unicodedata.normalize("NFC", name))[-LONGEST_NAME:] or "?"


def _too_large() -> TooLarge:
    """The refusal of a file beyond 5 MB."""
    return TooLarge(code="file_too_large", sentence=_("文件超过 5 MB，请删除图片和多余的工作表，或拆成几个文件。"))
