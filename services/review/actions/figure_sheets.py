"""Writes figures as a spreadsheet: a sheet for all lines, one for each breakdown, one for the reasons of returns."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from services.review.actions.sheets import OPTIONS
from services.review.queries import Wanted, statistics
from services.review.schemas import By, Figures, Statistics
from shared.contracts.identity import Caller
from shared.contracts.texts import _
from shared.kit.database import Session
from shared.kit.texts import translate
from shared.programmes.catalogue import PROGRAMMES

BREAKDOWNS: Mapping[By, str] = {
    "month": _("按月份"), "tier": _("按层级"), "county": _("按县（市、区）"), "category": _("按认定层次"),
}  # fmt: skip
LINES, REASONS = _("各层级各单位"), _("退回原因")
FIGURES = (_("等待"), _("已办"), _("通过"), _("退回"), _("中位天数"), _("九成在几天内"))
Cell = str | float
Row = Sequence[Cell]


async def export_figures(session: Session, caller: Caller, wanted: Wanted, language: str) -> bytes:
    """The figures that the caller may see, as an .xlsx file in that language; they name organizations, no persons."""
    found = {by: await statistics(session, caller, wanted, by) for by in BREAKDOWNS}
    return await asyncio.to_thread(_written, found, language)


def _written(found: Mapping[By, Statistics], language: str) -> bytes:
    """The file."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - few processes ever need it

    content, first = BytesIO(), next(iter(found.values()))
    with Workbook(content, OPTIONS | {"in_memory": True}) as book:

        def sheet(title: str, heads: Sequence[str], rows: Iterable[Row]) -> None:
            """Write one sheet; figures are numbers, everything else is a text (A49)."""
            page = book.add_worksheet(translate(title, language))
            for at, row in enumerate([[translate(head, language) for head in heads], *rows]):
                for column, cell in enumerate(row):
                    (page.write_string if isinstance(cell, str) else page.write_number)(at, column, cell)

        sheet(LINES, (_("单位"), _("层级"), *FIGURES), _lines(first, language))
        for by, title in BREAKDOWNS.items():
            groups = found[by].groups
            rows = ((one.title.model_dump()[language] if one.title else one.key, *_figures(one)) for one in groups)
            sheet(title, (_("分组"), *FIGURES), rows)
        sheet(REASONS, (_("栏目"), _("意见条数"), _("申报份数")), _reasons(first, language))
    return content.getvalue()


def _lines(found: Statistics, language: str) -> Iterable[Row]:
    for one in found.items:
        tier = PROGRAMMES[one.programme].tier(one.tier).title.say(language)
        yield one.organization, tier, *_figures(one)


def _reasons(found: Statistics, language: str) -> Iterable[Row]:
    for one in found.reasons:
        yield one.title.model_dump()[language] if one.title else one.section or "", one.remarks, one.cases


def _figures(one: Figures) -> tuple[Cell, ...]:
    """Counts and days; nothing where nothing was decided."""
    days = ("" if value is None else value for value in (one.median_days, one.p90_days))
    return one.waiting, one.decided, one.approved, one.returned, *days
