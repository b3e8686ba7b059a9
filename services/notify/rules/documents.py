"""What may be attached to an announcement, told by the bytes alone: a name decides nothing."""

import zipfile
from io import BytesIO
from typing import NamedTuple

DOCUMENT_BYTES = 20 * 1024 * 1024
MOST_PARTS = 5000
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MACROS = "vbaProject.bin"
_UTF16 = "utf-16-le"


class Kind(NamedTuple):
    """A kind of document: its media type, and the ending that its name gets."""

    media_type: str
    ending: str


PDF, PNG, JPEG, GIF, WEBP = (
    Kind("application/pdf", ".pdf"),
    Kind("image/png", ".png"),
    Kind("image/jpeg", ".jpg"),
    Kind("image/gif", ".gif"),
    Kind("image/webp", ".webp"),
)
_STARTS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"GIF87a", GIF), (b"GIF89a", GIF))
_PARTS = (
    ("word/document.xml", Kind(f"{_OFFICE}wordprocessingml.document", ".docx")),
    ("xl/workbook.xml", Kind(f"{_OFFICE}spreadsheetml.sheet", ".xlsx")),
    ("ppt/presentation.xml", Kind(f"{_OFFICE}presentationml.presentation", ".pptx")),
)
_STREAMS = (
    ("WordDocument", Kind("application/msword", ".doc")),
    ("Workbook", Kind("application/vnd.ms-excel", ".xls")),
    ("PowerPoint Document", Kind("application/vnd.ms-powerpoint", ".ppt")),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENDINGS = {".jpg": {".jpg", ".jpeg"}}


def kind_of(content: bytes) -> Kind | None:
    """The kind of a document; None for what is not taken: other formats, office files with macros, broken ones."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    return _old_office_kind(content) if content.startswith(_OLD_OFFICE) else None


def _office_kind(content: bytes) -> Kind | None:
    """Word, Excel or PowerPoint by the parts of the package (ISO/IEC 29500-2), without macros."""
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or len(names) > MOST_PARTS or any(_MACROS in name for name in names):
        return None
    return next((kind for part, kind in _PARTS if part in names), None)


def _old_office_kind(content: bytes) -> Kind | None:
    """Word, Excel or PowerPoint of 97 to 2003 by the names of its streams (MS-CFB, 2.6.1), without macros."""
    if "_VBA_PROJECT".encode(_UTF16) in content:
        return None
    return next((kind for name, kind in _STREAMS if name.encode(_UTF16) in content), None)


def name_of(given: str | None, kind: Kind) -> str:
    """The name that a document is kept under: one printable line without a path, ending as its kind does."""
    plain = "".join(sign for sign in (given or "").replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    stem, dot, ending = plain.strip().strip(".").rpartition(".")
    is_right = bool(dot) and f".{ending.lower()}" in ENDINGS.get(kind.ending, {kind.ending})
    base = (stem if is_right else plain.strip().strip("."))[:100].strip() or "attachment"
    return f"{base}.{ending.lower()}" if is_right else base + kind.ending
