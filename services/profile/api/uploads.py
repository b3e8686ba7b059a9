"""Takes an upload in: streamed to disk, measured and told by its first bytes, never whole in memory."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from services.profile.actions.scans import Upload
from services.profile.rules.scans import PURPOSES, UPLOAD_BYTES
from services.profile.scanning import FIRST_BYTES, sniff
from shared.contracts.refusals import Fault, Invalid, TooLarge, Unsupported
from shared.contracts.texts import _

ENVELOPE = 64 * 1024
"""Bytes that the form around a file may take."""
CHUNK = 256 * 1024
SILENCE = 30.0
"""Seconds that a client may send nothing."""


@asynccontextmanager
async def received(request: Request) -> AsyncIterator[Upload]:
    """The file of a multipart form, on disk while the block runs.

    Refused: more than 20 MB (413), a type that is not taken (415), an empty file and a form that is not `file` and
    `purpose` (422).
    """
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > UPLOAD_BYTES + ENVELOPE:
        raise _too_large()
    form = await _form(request)
    try:
        purpose, file = _parts(form)
        with tempfile.TemporaryDirectory(prefix="juxian-upload-") as folder:
            path = Path(folder) / "upload"
            size, sha256, head = await asyncio.to_thread(_copy, file.file, path)
            yield _judged(path, size, sha256, head, purpose)
    finally:
        await form.close()


def _judged(path: Path, size: int, sha256: str, head: bytes, purpose: str) -> Upload:
    """The upload, where its size and its first bytes are such as are taken."""
    if size == 0:
        fault = Fault("file_empty", _("文件是空的，请重新选择文件上传。"), field="file")
        raise Invalid(
            code="file_empty", sentence=fault.message if isinstance(fault.message, str) else None, faults=[fault]
        )
    if size > UPLOAD_BYTES:
        raise _too_large()
    kind = sniff(head)
    if kind is None:
        raise Unsupported
    return Upload(path=path, size=size, sha256=sha256, media_type=kind.media_type, purpose=purpose)


async def _form(request: Request) -> FormData:
    """Read the form; files beyond a megabyte lie on disk."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Invalid(code="malformed", sentence=_("请以 multipart/form-data 上传文件。"))
    try:
        return await MultiPartParser(request.headers, _limited(request), max_files=1, max_fields=4).parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise Invalid(code="malformed", sentence=_("上传内容无法读取，请重试。")) from error


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
        if total > UPLOAD_BYTES + ENVELOPE:
            raise _too_large()
        yield chunk


def _parts(form: FormData) -> tuple[str, UploadFile]:
    """The two parts of the form; anything else, missing or twice, is refused at once."""
    names = [name for name, _value in form.multi_items()]
    purpose, file = form.get("purpose"), form.get("file")
    faults = [
        Fault("unknown_field", _("没有名为“{field}”的字段。"), field=name[:100], values=(("field", name[:100]),))
        for name in names
        if name not in {"purpose", "file"} or names.count(name) > 1
    ]
    if not isinstance(file, UploadFile):
        faults.append(Fault("required", _("请选择要上传的文件。"), field="file"))
    if purpose not in PURPOSES:
        faults.append(Fault("invalid_choice", _("请说明文件用途：photo、id_scan 或 proof。"), field="purpose"))
    if faults or not isinstance(file, UploadFile):
        raise Invalid(faults=faults)
    return str(purpose), file


def _copy(source: BinaryIO, target: Path) -> tuple[int, str, bytes]:
    """Write the file where the store can stream it from; gives its size, SHA-256 (hex) and first bytes."""
    digest, size, head = hashlib.sha256(), 0, b""
    source.seek(0)
    with target.open("wb") as file:
        while part := source.read(CHUNK):
            head = head or part[:FIRST_BYTES]
            size += len(part)
            digest.update(part)
            file.write(part)
    return size, digest.hexdigest(), head


def _too_large() -> TooLarge:
    """The refusal of a file beyond 20 MB."""
    return TooLarge(code="file_too_large", sentence=_("文件超过 20 MB，请压缩或降低分辨率后重新上传。"))
