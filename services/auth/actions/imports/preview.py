"""Judges every row of a list, and keeps what it says, sealed; no account is written."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from services.auth.actions.imports.reading import MOST_ROWS, Unreadable, read_table
from services.auth.actions.provisioning import id_index
from services.auth.models import ImportRow, PeopleImport
from services.auth.queries.authority import demand_administrator
from services.auth.queries.importing import employers_named, known_people
from services.auth.rules.people import Judged, Known, Table, Trouble, against, columns_of, judge, sentence_of
from services.auth.rules.people.against import Employer, chosen
from services.auth.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit import audit, clock
from shared.kit.clock import CHINA
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.vault import Json, vault
from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.shape import Accounts

BATCH = 1000
NOTHING_TO_DO = frozenset({"blank_row", "already_imported"})
"""Where a row has no other trouble than these, nothing is wrong with it."""
NOT_ASSIGNED = _("请选择由管理员分配帐号的申报项目。")


@dataclass(frozen=True, slots=True)
class Listed:
    """An uploaded file, read: its rows by number, each judged by itself."""

    programme: str
    file_name: str
    rows: tuple[tuple[int, Judged], ...]


async def read_list(programme: str, file_name: str, content: bytes, today: date) -> Listed:
    """Read a file and judge each row by itself, in a thread; refused as Invalid where the whole cannot be used."""
    declared = PROGRAMMES.get(programme)
    if declared is None or declared.accounts is not Accounts.ASSIGNED:
        raise Invalid(faults=[Fault("not_a_choice", NOT_ASSIGNED, field="programme")])
    trial = not settings().smtp_url
    try:
        rows = await asyncio.to_thread(_read, content, today, trial=trial)
    except Unreadable as error:
        raise refused(error.trouble) from error
    return Listed(programme, file_name, rows)


def refused(*troubles: Trouble) -> Invalid:
    """The refusal of a whole file."""
    return Invalid(faults=[Fault(one.code, sentence_of(one.code), field="file", values=one.values) for one in troubles])


def _read(content: bytes, today: date, *, trial: bool) -> tuple[tuple[int, Judged], ...]:
    """The rows below the headings, judged; those of a list that is too long are not looked at."""
    table: Table = read_table(content)
    heading, troubles = columns_of(table)
    if heading is None:
        raise refused(*troubles)
    rows = [(number, cells) for number, cells in table.rows if number > heading.row]
    if len(rows) > MOST_ROWS:
        raise Unreadable("too_many_rows", maximum=MOST_ROWS)
    judged = tuple((number, judge(cells, heading, today, trial=trial)) for number, cells in rows)
    if all(any(trouble.code == "blank_row" for trouble in one.troubles) for _number, one in judged):
        raise Unreadable("no_rows")
    return judged


async def today_of(session: Session, caller: Caller) -> date:
    """The present day in China, for an administrator alone: asked before a file is even read."""
    await demand_administrator(session, caller)
    return (await clock.now(session)).astimezone(CHINA).date()


async def preview(session: Session, caller: Caller, listed: Listed) -> UUID:
    """Judge the rows against one another and the system, and keep them; gives the import's id."""
    await demand_administrator(session, caller)
    return await keep_rows(session, caller, listed)


async def keep_rows(session: Session, caller: Caller | None, listed: Listed) -> UUID:
    """The same for whoever may do it."""
    import_id, maker = new_id(), caller.person if caller else UUID(int=0)
    session.add(PeopleImport(id=import_id, programme=listed.programme, file_name=listed.file_name, made_by=maker))
    await session.flush()
    rows = await _judged(session, import_id, listed)
    for start in range(0, len(rows), BATCH):
        await session.execute(insert(ImportRow), rows[start : start + BATCH])
    await audit.note(
        session, caller, "import_previewed", "import", import_id, programme=listed.programme, rows=len(rows)
    )
    return import_id


async def _judged(session: Session, import_id: UUID, listed: Listed) -> list[dict[str, Any]]:
    """The rows as they are kept."""
    indexes = {number: id_index(one.values["id_number"]) for number, one in listed.rows if "id_number" in one.values}
    named = {one.values["employer"] for _number, one in listed.rows if "employer" in one.values}
    known = await known_people(session, set(indexes.values()), listed.programme)
    meant = await employers_named(session, named)
    first_rows: dict[str, int] = {}
    for number, found in indexes.items():
        first_rows.setdefault(found, number)
    kept = []
    for number, one in listed.rows:
        index = indexes.get(number)
        twin = first_rows[index] if index and first_rows[index] != number else None
        person = known.get(index) if index else None
        troubles = (*one.troubles, *_against(one, twin, meant, person, listed.programme))
        kept.append(await _row(session, import_id, number, one, troubles, meant, person))
    return kept


def _against(
    one: Judged, twin: int | None, meant: Mapping[str, Sequence[Employer]], person: Known | None, programme: str
) -> tuple[Trouble, ...]:
    """The troubles that a row has with others, as far as its values are good enough to tell."""
    employer = one.values.get("employer")
    if employer is None or "name" not in one.values:
        person = None
    found = against(one.values.get("name", ""), twin, meant.get(employer or "", ()), person, programme)
    return tuple(trouble for trouble in found if trouble.field != "employer" or employer is not None)


async def _row(
    session: Session,
    import_id: UUID,
    number: int,
    one: Judged,
    troubles: Sequence[Trouble],
    meant: Mapping[str, Sequence[Employer]],
    person: Known | None,
) -> dict[str, Any]:
    """One row's columns."""
    row_id = new_id()
    codes = {trouble.code for trouble in troubles}
    is_skipped = bool(codes) and codes <= NOTHING_TO_DO
    said: dict[str, Json] = dict(one.values)
    return {
        "id": row_id,
        "import_id": import_id,
        "row": number,
        "outcome": "skipped" if is_skipped else "rejected" if troubles else "known" if person else "ready",
        "troubles": [[trouble.code, trouble.field, dict(trouble.values)] for trouble in troubles],
        "said": None
        if "blank_row" in codes
        else await vault().seal(session, import_id, said, table="import_row", column="said", row_id=row_id),
        "organization_id": None if troubles else chosen(meant[one.values["employer"]]),
    }
