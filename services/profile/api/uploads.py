"""Takes an upload in: streamed to disk, measured and told by its first bytes, never whole in memory."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from services.profile.actions.scans import Upload
from services.profile.rules.scans import PURPOSES, UPLOAD_BYTES
from services.profile.scanning import FIRST_BYTES, sniff
from shared.contracts.refusals import Fault, Invalid, TooLarge, Unsupported
from shared.contracts.texts import _
from shared.kit.web.uploads import strangers, upload_form

CHUNK = 256 * 1024


@asynccontextmanager
async def received(request: Request) -> AsyncIterator[Upload]:
    """The file of a multipart form, on disk while the block runs.

    Refused: more than 20 MB (413), a type that is not taken (415), an empty file and a form that is not `file` and
    `purpose` (422).
    """
    form = await upload_form(request, UPLOAD_BYTES, _too_large())
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


def _parts(form: FormData) -> tuple[str, UploadFile]:
    """The two parts of the form; anything else, missing or twice, is refused at once."""
    purpose, file = form.get("purpose"), form.get("file")
    faults = strangers(form, {"purpose", "file"})
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
