"""What an operator takes out: the cases of a tier, as a spreadsheet, as text or for a script; noted in the trail."""

import asyncio
import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlmodel import col

from services.review.actions.sheets import HEADINGS, Sheet, cells
from services.review.models import Case, Turn
from services.review.queries import items_of
from services.review.schemas import CaseItem
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit import audit, clock
from shared.kit.clock import CHINA
from shared.kit.database import Session
from shared.kit.texts import translate
from shared.programmes.catalogue import PROGRAMMES

Form = Literal["xlsx", "csv", "json"]
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝")
"""What a spreadsheet would read as the beginning of a formula (A49)."""


async def export_tier(session: Session, tier: str, form: Form, programme: str | None, language: str) -> bytes:
    """The cases that wait at a tier, or ended there, the oldest first; `tier` may be the beginning of several.

    Refused: Invalid (422) for a tier or programme that nobody has.
    """
    tiers = sorted({one.tier for known in PROGRAMMES.values() for one in known.tiers})
    named = [one for one in tiers if one == tier] or [one for one in tiers if one.startswith(tier)]
    if not named:
        _refuse("tier", tiers)
    if programme is not None and programme not in PROGRAMMES:
        _refuse("programme", sorted(PROGRAMMES))
    here = (col(Turn.case_id) == col(Case.id)) & (col(Turn.organization_id) == col(Case.organization_id))
    wanted = select(Case, Turn).join(Turn, here).where(col(Case.tier).in_(named), col(Case.version) > 0)
    if programme is not None:
        wanted = wanted.where(col(Case.programme) == programme)
    rows = (await session.execute(wanted.order_by(col(Case.filed_at), col(Case.id)))).all()
    items = await items_of(session, [(row[0], row[1]) for row in rows])
    await audit.note(session, None, "cases_exported", "tier", tier, programme=programme, rows=len(items))
    taken = translate(_("由运维人员于 {at} 导出，仅供审核使用。"), language, at=await _moment(session))
    return await asyncio.to_thread(_written, items, form, language, taken)


def _refuse(field: str, known: list[str]) -> None:
    """Refuse a name that nobody has."""
    fault = Fault("unknown", _("没有这个名称，可用的有：{known}。"), field=field, values=(("known", ", ".join(known)),))
    raise Invalid(faults=[fault])


async def _moment(session: Session) -> str:
    """Now, as people in China write it."""
    return f"{(await clock.now(session)).astimezone(CHINA):%Y-%m-%d %H:%M}"


def _written(items: list[CaseItem], form: Form, language: str, taken: str) -> bytes:
    """The file."""
    if form == "json":
        told = [item.model_dump(mode="json", exclude={"mine", "claimed_by", "claimed_until"}) for item in items]
        return json.dumps({"items": told}, ensure_ascii=False).encode() + b"\n"
    if form == "csv":
        text = io.StringIO()
        headings = [translate(heading, language) for heading in HEADINGS]
        csv.writer(text).writerows([headings, *([_harmless(cell) for cell in cells(item, language)] for item in items)])
        return text.getvalue().encode("utf-8-sig")
    with tempfile.TemporaryDirectory(prefix="juxian-export-") as folder:
        path = Path(folder) / "cases.xlsx"
        with Sheet(path, language, taken) as sheet:
            sheet.add(items)
        return path.read_bytes()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
