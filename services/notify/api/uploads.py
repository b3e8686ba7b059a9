"""Takes a document in: measured, and told by its bytes."""

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from services.notify.actions import Document
from services.notify.rules.documents import DOCUMENT_BYTES, kind_of, name_of
from shared.contracts.refusals import Fault, Invalid, TooLarge, Unsupported
from shared.contracts.texts import _
from shared.kit.web.uploads import strangers, upload_form


async def received(request: Request) -> Document:
    """The file of a multipart form with nothing else in it.

    Refused: more than 20 MB (413), a type that is not taken (415), an empty file and another form (422).
    """
    form = await upload_form(request, DOCUMENT_BYTES, _too_large())
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


def _part(form: FormData) -> UploadFile:
    """The one part of the form."""
    faults = strangers(form, {"file"})
    file = form.get("file")
    if not isinstance(file, UploadFile):
        faults.append(Fault("required", _("请选择要上传的文件。"), field="file"))
    if faults or not isinstance(file, UploadFile):
        raise Invalid(faults=faults)
    return file


def _too_large() -> TooLarge:
    """The refusal of a file beyond 20 MB."""
    return TooLarge("file_too_large", _("附件超过 20 MB，请压缩后重新上传。"))
