"""Documents are told by their bytes, and named after what they are."""

import zipfile
from io import BytesIO

import pytest

from services.notify.rules.documents import DOCUMENT_BYTES, PDF, kind_of, name_of


def package(*parts: str) -> bytes:
    """An office package with these parts."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    return kept.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"%PDF-1.7\n", ".pdf"),
        (b"\x89PNG\r\n\x1a\n", ".png"),
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"GIF89a", ".gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", ".webp"),
        (package(TYPES, "word/document.xml"), ".docx"),
        (package(TYPES, "xl/workbook.xml"), ".xlsx"),
        (package(TYPES, "ppt/presentation.xml"), ".pptx"),
        (OLD + "WordDocument".encode("utf-16-le"), ".doc"),
        (OLD + "Workbook".encode("utf-16-le"), ".xls"),
        (OLD + "PowerPoint Document".encode("utf-16-le"), ".ppt"),
    ],
)
def test_what_is_taken(content: bytes, ending: str) -> None:
    kind = kind_of(content)

    assert kind is not None
    assert kind.ending == ending


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90\0",
        b"PK\x03\x04 broken",
        package("a.exe"),
        package("word/document.xml"),
        package(TYPES, "word/document.xml", "word/vbaProject.bin"),
        OLD,
        OLD + "WordDocument".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le"),
    ],
    ids=["nothing", "html", "svg", "exe", "broken", "zip", "no types", "macros", "old nothing", "old macros"],
)
def test_what_is_not_taken(content: bytes) -> None:
    assert kind_of(content) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("申报指南.pdf", "申报指南.pdf"),
        ("申报指南.PDF", "申报指南.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\docs\\a.html", "a.html.pdf"),
        ("a\r\nb\u202e.pdf", "ab.pdf"),
        ("...", "attachment.pdf"),
        ("", "attachment.pdf"),
        (None, "attachment.pdf"),
        ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
    ],
)
def test_a_name_ends_as_its_kind_does(given: str | None, kept: str) -> None:
    assert name_of(given, PDF) == kept


def test_twenty_megabytes_are_the_most() -> None:
    assert DOCUMENT_BYTES == 20 * 2**20
