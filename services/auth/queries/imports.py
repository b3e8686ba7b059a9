"""Reads imports: how far they are, and what became of each row."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlmodel import col

from services.auth.models import Account, ImportRow, PeopleImport
from services.auth.queries.authority import demand_administrator
from services.auth.rules.people import sentence_of
from services.auth.schemas.imports import ImportItem, ImportShown, MakerShown, RowShown, TroubleShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.texts import translate
from shared.kit.vault import Erased, vault
from shared.kit.web import Page
from shared.kit.web.paging import Listed, moment

OUTCOMES = ("ready", "known", "rejected", "skipped", "created", "added", "failed", "undone")
TO_DO = ("ready", "known")


class Part(NamedTuple):
    """Which rows are asked for: of that outcome, after that row, so many at most."""

    outcome: str | None = None
    after: int = 0
    limit: int = 10_000


async def imports(session: Session, caller: Caller, page: Page) -> Listed[ImportItem]:
    """All imports, the newest first."""
    await demand_administrator(session, caller)
    statement = select(PeopleImport)
    if (after := page.keys(moment, UUID)) is not None:
        statement = statement.where(tuple_(col(PeopleImport.made_at), col(PeopleImport.id)) < after)
    ordered = statement.order_by(col(PeopleImport.made_at).desc(), col(PeopleImport.id).desc())
    rows, more = page.cut(list((await session.execute(ordered.limit(page.limit + 1))).scalars()))
    items = await _items(session, rows)
    return page.of(items, (rows[-1].made_at.isoformat(), str(rows[-1].id)) if more else None)


async def one_item(session: Session, caller: Caller, import_id: UUID) -> ImportItem:
    """One import without its rows."""
    await demand_administrator(session, caller)
    return (await _items(session, [await _one(session, import_id)]))[0]


async def one_import(session: Session, caller: Caller, import_id: UUID, part: Part) -> ImportShown:
    """One import with the rows that are asked for."""
    await demand_administrator(session, caller)
    return await shown_import(session, import_id, part, caller.language)


async def shown_import(session: Session, import_id: UUID, part: Part, language: str) -> ImportShown:
    """The same for whoever may see it, in that language."""
    listed = await _one(session, import_id)
    (item,) = await _items(session, [listed])
    conditions: list[ColumnElement[bool]] = [col(ImportRow.import_id) == listed.id, col(ImportRow.row) > part.after]
    if part.outcome:
        conditions.append(col(ImportRow.outcome) == part.outcome)
    found = await session.execute(select(ImportRow).where(*conditions).order_by(col(ImportRow.row)).limit(part.limit))
    rows = list(found.scalars())
    names = await _names(session, listed, rows)
    shown = [_row(row, names.get(row.id), language) for row in rows]
    return ImportShown(**item.model_dump(), rows=shown)


async def _one(session: Session, import_id: UUID) -> PeopleImport:
    """The import; Missing where there is none."""
    found = await session.execute(select(PeopleImport).where(col(PeopleImport.id) == import_id))
    listed = found.scalar_one_or_none()
    if listed is None:
        raise Missing
    return listed


async def _items(session: Session, rows: Sequence[PeopleImport]) -> list[ImportItem]:
    """Imports with how many rows came to which end, and who made them."""
    counted = await session.execute(
        select(col(ImportRow.import_id), col(ImportRow.outcome), func.count())
        .where(col(ImportRow.import_id).in_([row.id for row in rows]))
        .group_by(col(ImportRow.import_id), col(ImportRow.outcome))
    )
    counts: dict[UUID, dict[str, int]] = {row.id: dict.fromkeys(OUTCOMES, 0) for row in rows}
    for import_id, outcome, number in counted:
        counts[import_id][outcome] = number
    makers = await session.execute(
        select(col(Account.id), col(Account.name)).where(col(Account.id).in_([row.made_by for row in rows]))
    )
    named = {row[0]: row[1] for row in makers}
    return [_item(row, counts[row.id], named.get(row.made_by)) for row in rows]


def _item(row: PeopleImport, counts: dict[str, int], maker: str | None) -> ImportItem:
    """One import."""
    waiting = sum(counts[outcome] for outcome in TO_DO)
    kept, undone = counts["created"] + counts["added"], counts["undone"]
    total, done = (kept + undone, undone) if row.undoing or row.state == "undone" else (
        waiting + kept + counts["failed"] + undone, kept + counts["failed"] + undone
    )  # fmt: skip
    return ImportItem(
        import_id=row.id,
        programme=row.programme,
        file_name=row.file_name,
        state=row.state,
        undoing=row.undoing,
        total=total,
        done=done,
        counts=counts,
        credentials=row.credentials,
        can_run=row.state == "previewed" and waiting > 0,
        can_undo=row.state == "done" and kept > 0,
        made_by=MakerShown(account_id=row.made_by, name=maker),
        made_at=row.made_at,
        run_at=row.run_at,
        finished_at=row.finished_at,
    )


async def _names(session: Session, listed: PeopleImport, rows: Sequence[ImportRow]) -> Mapping[UUID, str]:
    """The names that rows say, for whoever compares with the list; nothing once the import's key is erased."""
    places = [(row.said, "import_row", "said", row.id) for row in rows if row.said is not None]
    try:
        opened = await vault().open_many(session, listed.id, places)
    except Erased:
        return {}
    said = cast("list[dict[str, str]]", opened)
    return {place[3]: one["name"] for place, one in zip(places, said, strict=True) if one.get("name")}


def _row(row: ImportRow, name: str | None, language: str) -> RowShown:
    """One row, its troubles in words."""
    troubles = [_trouble(one, language) for one in row.troubles]
    first = troubles[0] if troubles else None
    return RowShown(
        row=row.row,
        outcome=row.outcome,
        code=first.code if first else None,
        field=first.field if first else None,
        message=first.message if first else None,
        username=row.username,
        name=name,
        faults=troubles,
    )


def _trouble(kept: Sequence[Any], language: str) -> TroubleShown:
    """One trouble in words; a column's heading is put into the reader's language too."""
    code, field, values = kept
    said = {name: translate(value, language) if name == "column" else value for name, value in values.items()}
    return TroubleShown(field=field, code=code, message=translate(sentence_of(code), language, **said))
