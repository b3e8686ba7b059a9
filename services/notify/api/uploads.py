"""Takes a document in: measured, and told by its bytes."""

from collections.abc import AsyncGenerator

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from services.notify.actions import Document
from services.notify.rules.documents import DOCUMENT_BYTES, kind_of, name_of
from shared.contracts.refusals import Fault, Invalid, TooLarge, Unsupported
from shared.contracts.texts import _

ENVELOPE = 64 * 1024
"""Bytes that the form around a file may take."""


async def received(request: Request) -> Document:
    """The file of a multipart form with nothing else in it.

    Refused: more than 20 MB (413), a type that is not taken (415), an empty file and another form (422).
    """
    form = await _form(request)
    try:
        file = _part(form)
        content = await file.read(DOCUMENT_BYTES + 1)
    finally:
        await form.close()
    if not content:
        sentence = _("文件是空的，请重新选择文件上传。")
        raise Invalid("file_empty", sentence, faults=[Fault("file_empty", sentence, field="file")])
    if len(content) > DOCUMENT_BYTES:
        raise _too_large()
    kind = kind_of(content)
    if kind is None:
        raise Unsupported(sentence=_("附件须为 PDF、Word、Excel、PowerPoint 文件或图片，且不含宏。"))
    return Document(name_of(file.filename, kind), kind.media_type, content)


async def _form(request: Request) -> FormData:
    """Read the form; files beyond a megabyte lie on disk meanwhile."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Invalid("malformed", _("请以 multipart/form-data 上传文件。"))
    try:
        return await MultiPartParser(request.headers, _limited(request), max_files=1, max_fields=4).parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise Invalid("malformed", _("上传内容无法读取，请重试。")) from error


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    """The body's chunks; refused once it is too large."""
    total = 0
    async for chunk in request.stream():
        total += len(chunk)
        if total > DOCUMENT_BYTES + ENVELOPE:
            raise _too_large()
        yield chunk


def _part(form: FormData) -> UploadFile:
    """The one part of the form."""
    faults = [
        Fault("unknown_field", _("没有名为“{field}”的字段。"), field=name[:100], values=(("field", name[:100]),))
        for name, _value in form.multi_items()
        if name != "file"
    ]
    file = form.get("file")
    if not isinstance(file, UploadFile):
        faults.append(Fault("required", _("请选择要上传的文件。"), field="file"))
    if faults or not isinstance(file, UploadFile):
        raise Invalid(faults=faults)
    return file


def _too_large() -> TooLarge:
    """The refusal of a file beyond 20 MB."""
    return TooLarge("file_too_large", _("附件超过 20 MB，请压缩后重新上传。"))
