"""Spreadsheets that auth hands out: every cell is a text, so that nothing in it can be a formula (quality A49)."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTH = 22
LAST_ROW = 1_048_575
LONGEST_CELL = 32_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: headings, rows of texts, a note in the footer, and columns that offer choices.

    `choices` maps a column's number to its choices, which stand on a sheet of their own; `open_rows` is how many empty
    rows are formatted as text, so that long numbers typed there stay whole.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]] = ()
    footer: str = ""
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    choices_title: str = ""


async def workbook(sheet: Sheet) -> bytes:
    """The .xlsx file, made in a thread."""
    return await asyncio.to_thread(_workbook, sheet)


def _workbook(sheet: Sheet) -> bytes:
    """The file."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - few processes ever need it

    buffer = BytesIO()
    with Workbook(buffer, OPTIONS) as book:
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
        page = book.add_worksheet(sheet.title)
        page.set_column(0, len(sheet.headings) - 1, WIDTH, text)
        page.freeze_panes(1, 0)
        if sheet.footer:
            page.set_footer(f"&L{sheet.footer.replace('&', '&&')}"[:250])
        for column, heading in enumerate(sheet.headings):
            page.write_string(0, column, heading, bold)
        for number, cells in enumerate(sheet.rows, 1):
            for column, cell in enumerate(cells):
                page.write_string(number, column, cell[:LONGEST_CELL], text)
        if sheet.choices:
            _offer(book, page, sheet, text)
    return buffer.getvalue()


def _offer(book: Any, page: Any, sheet: Sheet, text: object) -> None:  # noqa: ANN401 - the library carries no types
    """Write the choices on a sheet of their own, and offer them in their columns."""
    lists = book.add_worksheet(sheet.choices_title)
    for number, (column, choices) in enumerate(sheet.choices.items()):
        lists.set_column(number, number, WIDTH, text)
        for row, choice in enumerate(choices):
            lists.write_string(row, number, choice, text)
        letter = chr(ord("A") + number)
        source = f"='{sheet.choices_title}'!${letter}$1:${letter}${max(len(choices), 1)}"
        page.data_validation(
            1, column, LAST_ROW, column, {"validate": "list", "source": source, "error_type": "warning"}
        )
