"""A worklist as a spreadsheet: what the list shows, as text, with who took it and when."""

import asyncio
from collections.abc import Sequence
from io import BytesIO

from services.review.queries import Filters, all_of
from services.review.schemas import CaseItem
from shared.contracts.identity import Caller
from shared.contracts.texts import _
from shared.kit import clock
from shared.kit.clock import CHINA
from shared.kit.database import Session
from shared.kit.texts import translate
from shared.programmes.catalogue import PROGRAMMES

MOST = 5000
HEADINGS = (
    _("申报编号"), _("申请人"), _("工作单位"), _("申报项目"), _("审核环节"), _("审核单位"), _("状态"), _("版本"),
    _("提交时间"), _("待审起始"), _("需留意的检查"),
)  # fmt: skip
STATES = {
    "in_review": _("审核中"), "returned": _("已退回"), "approved": _("已通过"), "withdrawn": _("已撤回"),
}  # fmt: skip
OPTIONS = {
    "in_memory": True, "constant_memory": True,
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


async def export_cases(session: Session, caller: Caller, filters: Filters, language: str) -> bytes:
    """The worklist, 5,000 cases at most, as an .xlsx file in that language."""
    items = await all_of(session, caller, filters, MOST)
    at = (await clock.now(session)).astimezone(CHINA)
    taken = translate(
        _("由 {who} 于 {at} 导出，仅供审核使用。"), language, who=caller.person, at=f"{at:%Y-%m-%d %H:%M}"
    )
    return await asyncio.to_thread(_workbook, items, language, taken)


def _workbook(items: Sequence[CaseItem], language: str, taken: str) -> bytes:
    """The file; every cell is a text, so that no name can be a formula (quality A49)."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - few processes ever need it

    buffer = BytesIO()
    with Workbook(buffer, OPTIONS) as book:
        sheet = book.add_worksheet()
        sheet.set_footer(f"&L{taken}")
        for row, cells in enumerate((_headings(language), *(_cells(item, language) for item in items), (taken,))):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
    return buffer.getvalue()


def _headings(language: str) -> tuple[str, ...]:
    return tuple(translate(heading, language) for heading in HEADINGS)


def _cells(item: CaseItem, language: str) -> tuple[str, ...]:
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
    )
