"""Imports of people as administrators see them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel


class TroubleShown(BaseModel):
    """One thing that is wrong with a row: a stable code, and what to do, in the reader's language."""

    field: str
    code: str
    message: str


class RowShown(BaseModel):
    """One row of the list; `code`, `field` and `message` are those of its first trouble."""

    row: int
    outcome: str
    code: str | None
    field: str | None
    message: str | None
    username: str | None
    name: str | None
    faults: list[TroubleShown]


class MakerShown(BaseModel):
    """Who uploaded it."""

    account_id: UUID
    name: str | None


class ImportItem(BaseModel):
    """An import without its rows. `total` rows can be imported (or are taken back), `done` of them are through."""

    import_id: UUID
    programme: str
    file_name: str
    state: str
    undoing: bool
    total: int
    done: int
    counts: dict[str, int]
    credentials: str
    can_run: bool
    can_undo: bool
    made_by: MakerShown
    made_at: datetime
    run_at: datetime | None
    finished_at: datetime | None


class ImportShown(ImportItem):
    """An import with its rows."""

    rows: list[RowShown]
