"""The audit trail as a spreadsheet; that it was taken is itself noted."""

import json

from services.auth.actions.sheets import Sheet, workbook
from services.auth.queries.audit import Wanted, newest
from services.auth.schemas.audit import AuditItem
from shared.contracts.identity import Caller
from shared.contracts.texts import _
from shared.kit import audit, clock
from shared.kit.clock import CHINA
from shared.kit.database import Session
from shared.kit.texts import translate

MOST = 50_000
TITLE = _("操作记录")
HEADINGS = (
    _("时间"), _("操作人"), _("用户名"), _("角色"), _("所属单位"), _("操作"), _("对象类型"), _("对象编号"),
    _("对象名称"), _("申报项目"), _("事由"), _("详情"), _("请求编号"),
)  # fmt: skip
TAKEN = _("由 {who} 于 {at} 导出")


async def export_trail(session: Session, caller: Caller, wanted: Wanted) -> bytes:
    """The newest 50,000 entries that are asked for, as an .xlsx file."""
    items = await newest(session, caller, wanted, MOST)
    at = f"{(await clock.now(session)).astimezone(CHINA):%Y-%m-%d %H:%M}"
    await audit.note(session, caller, "audit_exported", "audit_trail", entries=len(items), wanted=wanted.action)
    return await workbook(
        Sheet(
            title=translate(TITLE, caller.language),
            headings=[translate(heading, caller.language) for heading in HEADINGS],
            rows=[_cells(item) for item in items],
            footer=translate(TAKEN, caller.language, who=caller.person, at=at),
        )
    )


def _cells(item: AuditItem) -> tuple[str, ...]:
    """One entry, cell by cell; times as in China."""
    actor, office = item.actor, item.organization
    return (
        f"{item.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}",
        (actor.name or str(actor.account_id)) if actor else "",
        (actor.username or "") if actor else "",
        " ".join(item.roles),
        (office.name or str(office.organization_id)) if office else "",
        item.action,
        item.subject.kind,
        item.subject.id or "",
        item.subject.name or "",
        item.programme or "",
        item.reason or "",
        json.dumps(item.detail, ensure_ascii=False) if item.detail else "",
        item.request_id,
    )
