"""The rows of a list that were not good, with what to do about each: for whoever mends the list by its row numbers."""

from collections.abc import Iterator
from uuid import UUID

from services.auth.actions.imports.orders import held
from services.auth.actions.sheets import Sheet, workbook
from services.auth.queries.authority import demand_administrator
from services.auth.queries.imports import Part, shown_import
from services.auth.rules.people import COLUMNS
from services.auth.schemas.imports import RowShown
from shared.contracts.identity import Caller
from shared.contracts.texts import _
from shared.kit import audit
from shared.kit.database import Session
from shared.kit.texts import translate

TITLE, WHOLE_ROW = _("问题清单"), _("整行")
HEADINGS = (_("行"), _("姓名"), _("列"), _("问题和改法"))
BAD = ("rejected", "failed")


async def list_troubles(session: Session, caller: Caller, import_id: UUID) -> bytes:
    """One line for each trouble, in the order of the rows; names alone say who it is, as in every list."""
    await demand_administrator(session, caller)
    listed = await held(session, import_id)
    rows = list[RowShown]()
    for outcome in BAD:
        rows += (await shown_import(session, import_id, Part(outcome), caller.language)).rows
    lines = [line for row in sorted(rows, key=lambda row: row.row) for line in _lines(row, caller.language)]
    await audit.note(
        session, caller, "import_troubles_fetched", "import", import_id, programme=listed.programme, rows=len(rows)
    )
    headings = [translate(heading, caller.language) for heading in HEADINGS]
    return await workbook(Sheet(title=translate(TITLE, caller.language), headings=headings, rows=lines))


def _lines(row: RowShown, language: str) -> Iterator[tuple[str, str, str, str]]:
    """A line for each trouble of a row."""
    columns = {column.field: column.heading for column in COLUMNS}
    for fault in row.faults:
        yield str(row.row), row.name or "", translate(columns.get(fault.field, WHOLE_ROW), language), fault.message
