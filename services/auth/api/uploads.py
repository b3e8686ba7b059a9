"""Takes an uploaded list in: two parts of a form, five megabytes at most."""

import hashlib
import re
import unicodedata
from typing import NamedTuple

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from services.auth.rules.people import sentence_of
from shared.contracts.refusals import Fault, Invalid, TooLarge
from shared.contracts.texts import _
from shared.kit.web.uploads import strangers, upload_form

LARGEST = 5 * 1024 * 1024
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
    form = await upload_form(request, LARGEST, _too_large())
    try:
        programme, file = _parts(form)
        content = await file.read()
    finally:
        await form.close()
    if len(content) > LARGEST:
        raise _too_large()
    digest = hashlib.sha256(programme.encode() + b"\0" + content).hexdigest()
    return UploadedList(programme, _shown(file.filename or ""), content, digest)


def _parts(form: FormData) -> tuple[str, UploadFile]:
    """Programme and file; anything else, missing or twice, is refused at once."""
    programme, file = form.get("programme"), form.get("file")
    faults = strangers(form, {"programme", "file"})
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
