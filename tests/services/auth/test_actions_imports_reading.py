"""Lists are read from what offices have: .xlsx, .xls, .csv in two encodings; the rest is refused by a code."""

import io
import zlib
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from services.auth.actions.imports import reading
from services.auth.actions.imports.reading import Unreadable, read_table
from services.auth.rules.people import Odd
from tests.services.auth.lists import HEADINGS, as_csv, as_xlsx, person


def cells(content: bytes) -> list[tuple[Any, ...]]:
    """The rows that are read."""
    return [row for _number, row in read_table(content).rows]


def refusal(content: bytes) -> tuple[str, dict[str, Any]]:
    """Why a file is not read."""
    with pytest.raises(Unreadable) as caught:
        read_table(content)
    return caught.value.trouble.code, dict(caught.value.trouble.values)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_that_offices_use(encoding: str) -> None:
    assert cells(as_csv(person(1, name="陈𠮷静"), encoding=encoding)) == [
        HEADINGS,
        tuple(person(1, name="陈𠮷静")),
    ]


@pytest.mark.parametrize("delimiter", [";", "\t", "，"])
def test_a_csv_is_read_whatever_separates_its_cells(delimiter: str) -> None:
    lines = [delimiter.join(row) for row in (HEADINGS, person(1))]

    assert cells("\n".join(lines).encode()) == [HEADINGS, tuple(person(1))]


def test_a_workbook_keeps_its_numbers_of_rows_and_shows_formulas() -> None:
    content = as_xlsx(["", "", ""], person(1, name="=A1&B1", mobile=13831100001), person(2))

    rows = read_table(content).rows

    assert [number for number, _cells in rows] == [1, 2, 3, 4]
    assert (rows[2][1][0], rows[2][1][2]) == (Odd.FORMULA, 13831100001.0)
    assert rows[3][1] == tuple(person(2))


def test_empty_rows_at_the_end_are_nothing() -> None:
    assert len(cells(as_csv(person(1), ["", ""], ["", ""]))) == 2


def zipped(**parts: bytes) -> bytes:
    """A file in the container of workbooks."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BAD = {
    "empty": (b"", "file_empty"),
    "blank": (b" \n\t ", "file_empty"),
    "pdf": (b"%PDF-1.7 ...", "not_a_spreadsheet"),
    "html": (b"<html><table><tr><td>", "not_a_spreadsheet"),
    "picture": (b"\x89PNG\r\n\x1a\n", "not_a_spreadsheet"),
    "zip": (zipped(a=b"b"), "not_a_spreadsheet"),
    "cut": (as_xlsx(person(1))[:900], "not_a_spreadsheet"),
    "hollow": (zipped(xl__workbook_xml=b"<workbook/>"), "not_a_spreadsheet"),
    "old": (OLE + bytes(600), "not_a_spreadsheet"),
    "locked": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "file_locked"),
    "utf16": ("姓名,手机".encode("utf-16"), "encoding_unknown"),
    "garbage": (b"\xff\xff\xff,\x80", "encoding_unknown"),
    "binary": (b"a,b\0c", "not_a_spreadsheet"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_list_is_refused(name: str) -> None:
    content, code = BAD[name]

    assert refusal(content) == (code, {})


def test_a_csv_with_broken_quotes_is_told_where() -> None:
    assert refusal(as_csv(person(1)) + b'"a"b,c\n') == ("csv_broken", {"row": 3})


def test_a_file_that_inflates_is_refused_whatever_its_directory_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_INFLATED", 100_000)
    assert len(zlib.compress(bytes(200_000))) < 1000

    assert refusal(zipped(xl__workbook_xml=b"<workbook/>", xl__big_xml=bytes(200_000))) == ("file_inflates", {})


def test_a_list_that_is_too_long_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_READ", 5)
    people = [person(number) for number in range(1, 20)]

    assert [len(cells(content)) for content in (as_csv(*people), as_xlsx(*people))] == [5, 5]
