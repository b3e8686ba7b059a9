"""Writes a worklist as a spreadsheet: what the list shows, as text, with who took it and when."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from services.review.schemas import CaseItem
from shared.contracts.texts import _
from shared.kit.clock import CHINA
from shared.kit.texts import translate
from shared.programmes.catalogue import PROGRAMMES

HEADINGS = (
    _("申报编号"), _("申请人"), _("工作单位"), _("申报项目"), _("审核环节"), _("审核单位"), _("状态"), _("版本"),
    _("提交时间"), _("待审起始"), _("需留意的检查"), _("已等待工作日"), _("超期"), _("重报"), _("外籍"),
)  # fmt: skip
STATES = {
    "in_review": _("审核中"), "returned": _("已退回"), "approved": _("已通过"), "withdrawn": _("已撤回"),
}  # fmt: skip
WIDTHS = (18, 12, 30, 22, 22, 30, 10, 6, 17, 17, 14, 14, 8, 8, 8)
"""Of the columns, in characters."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
YES = _("是")


class Sheet:
    """A spreadsheet that grows row by row on disk; every cell is a text, so that no name can be a formula (A49)."""

    def __init__(self, path: Path, language: str, taken: str) -> None:
        """Begin the file with its headings; `taken` says who took it, on each printed page and in the last row."""
        from xlsxwriter import Workbook  # noqa: PLC0415 - few processes ever need it

        self.language, self.taken, self.row = language, taken, 0
        self.book = Workbook(str(path), OPTIONS)
        self.sheet = self.book.add_worksheet()
        self.sheet.set_footer(f"&L{taken.replace('&', '&&')}")
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_landscape()
        self.sheet.repeat_rows(0)
        for column, width in enumerate(WIDTHS):
            self.sheet.set_column(column, column, width)
        bold = self.book.add_format({"bold": True})
        self._write(tuple(translate(heading, language) for heading in HEADINGS), bold)

    def __enter__(self) -> Self:
        """The sheet itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the file with who took it."""
        self._write((self.taken,))
        self.book.close()

    def add(self, items: Iterable[CaseItem]) -> None:
        """Write a row for each case."""
        for item in items:
            self._write(cells(item, self.language))

    def _write(self, cells: tuple[str, ...], style: object = None) -> None:
        for column, cell in enumerate(cells):
            self.sheet.write_string(self.row, column, cell, style)
        self.row += 1


def cells(item: CaseItem, language: str) -> tuple[str, ...]:
    """What a row says of a case, in that language."""
    programme = PROGRAMMES[item.programme]
    since = item.waiting_since.astimezone(CHINA) if item.waiting_since else None
    return (
        item.number,
        item.applicant.name or "",
        item.employer.name,
        programme.title.say(language),
        programme.tier(item.tier).title.say(language),
        item.organization.name,
        translate(STATES[item.state], language),
        str(item.version),
        f"{item.filed_at.astimezone(CHINA):%Y-%m-%d %H:%M}",
        f"{since:%Y-%m-%d %H:%M}" if since else "",
        str(item.attention),
        "" if item.waiting_days is None else str(item.waiting_days),
        *(translate(YES, language) if mark else "" for mark in (item.overdue, item.refiled, item.foreign)),
    )
