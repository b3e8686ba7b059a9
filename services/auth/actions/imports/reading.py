"""Reads a list from a file: .xlsx and .xls by calamine, .csv in UTF-8 or GB18030; what it cannot read it refuses."""

import csv
import io
import re
from collections.abc import Iterable
from zipfile import BadZipFile, ZipFile

from services.auth.rules.people import Cell, Odd, Table, Trouble

MOST_ROWS = 10_000
MOST_READ = MOST_ROWS + 200
"""Rows that are read at most: a few more than are taken, so that too many are noticed."""
MOST_INFLATED = 64 * 1024 * 1024
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
STRANGE = re.compile(
    rb"\s*(?:%PDF|<(?:!doctype|html|\?xml|table)|\{\\rtf|\x89PNG|\xff\xd8\xff|GIF8|Rar!)", re.IGNORECASE
)
FORMULA = re.compile(rb'<c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<f[\s/>]')
DELIMITERS = ",;\t，"


class Unreadable(Exception):  # noqa: N818 - what the file is, not an error of ours
    """The file as a whole cannot be used."""

    def __init__(self, code: str, **values: str | int) -> None:
        """Keep what to tell."""
        super().__init__(code)
        self.trouble = Trouble(code, "file", tuple(values.items()))


def read_table(content: bytes) -> Table:
    """The rows of the first sheet; raises Unreadable. Told by its content, whatever its name says. Blocks: a thread."""
    if not content.strip():
        raise Unreadable("file_empty")
    if content.startswith(ZIP):
        return _trimmed(_xlsx(content))
    if content.startswith(OLE):
        if ENCRYPTED in content:
            raise Unreadable("file_locked")
        return _trimmed(_sheet(content))
    if STRANGE.match(content[:512]):
        raise Unreadable("not_a_spreadsheet")
    return _trimmed(_csv(_text(content)))


def _trimmed(rows: Iterable[tuple[Cell, ...]]) -> Table:
    """The rows up to the last that is not empty, counted from 1."""
    numbered = list(enumerate(rows, 1))
    while numbered and all(cell is None or cell == "" for cell in numbered[-1][1]):
        numbered.pop()
    return Table(tuple(numbered))


def _xlsx(content: bytes) -> list[tuple[Cell, ...]]:
    """A workbook in XML: looked at for what it inflates to, and for formulas, before it is read."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                raise Unreadable("not_a_spreadsheet")
            _demand_small(archive)
            formulas = _formulas(archive.read(_first_sheet(archive)))
    except (BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise Unreadable("not_a_spreadsheet") from error
    rows = [list(cells) for cells in _sheet(content)]
    for row, column in formulas:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = Odd.FORMULA
    return [tuple(cells) for cells in rows]


def _demand_small(archive: ZipFile) -> None:
    """Inflate every part once, and refuse what grows too large; what its directory says is not believed."""
    total = 0
    for part in archive.infolist():
        with archive.open(part) as stream:
            while chunk := stream.read(1 << 20):
                total += len(chunk)
                if total > MOST_INFLATED:
                    raise Unreadable("file_inflates")


def _first_sheet(archive: ZipFile) -> str:
    """The part that holds the first sheet."""
    book, links = archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels")
    first = re.search(rb'<(?:\w+:)?sheet\s[^>]*\br:id="([^"]+)"', book)
    if first is None:
        raise Unreadable("not_a_spreadsheet")
    for link in re.findall(rb"<Relationship\s[^>]*>", links):
        target = re.search(rb'\bTarget="([^"]+)"', link)
        if b'Id="' + first[1] + b'"' in link and target is not None:
            path = target[1].decode()
            return path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    raise Unreadable("not_a_spreadsheet")


def _formulas(sheet: bytes) -> list[tuple[int, int]]:
    """Where the sheet computes: rows and columns from 0."""
    return [(int(row) - 1, _number_of(letters)) for letters, row in FORMULA.findall(sheet)]


def _number_of(letters: bytes) -> int:
    """A column's letters as its number from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _sheet(content: bytes) -> list[tuple[Cell, ...]]:
    """The first sheet as calamine reads it."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - imports alone need it

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=MOST_READ)
    except PasswordError as error:
        raise Unreadable("file_locked") from error
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise Unreadable("not_a_spreadsheet") from error
    return [tuple(cells) for cells in rows]


def _text(content: bytes) -> str:
    """The text of a .csv: UTF-8 with or without its mark, else GB18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("encoding_unknown")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Unreadable("not_a_spreadsheet")
        return text
    raise Unreadable("encoding_unknown")


def _csv(text: str) -> list[tuple[Cell, ...]]:
    """The records of a .csv, by whichever delimiter its first lines use most."""
    head = text[:2000]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[Cell, ...]] = []
    try:
        for cells in reader:
            rows.append(tuple(cells))
            if len(rows) == MOST_READ:
                break
    except csv.Error as error:
        raise Unreadable("csv_broken", row=len(rows) + 1) from error
    return rows
