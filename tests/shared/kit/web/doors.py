"""Doors of every kind, and what tests need to knock at them."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response
from pydantic import AwareDatetime, Field
from sqlalchemy import text

from shared.contracts import refusals
from shared.contracts.identity import Caller, ServiceName
from shared.contracts.refusals import Conflict, Invalid, Refusal
from shared.kit import logs
from shared.kit.database import Database, Session
from shared.kit.identity import sign
from shared.kit.web import Body, CallerDep, IfMatchDep, OnceDep, PageDep, Text, etag, router
from shared.kit.web.paging import Listed, moment


class Note(Body):
    """A body with a field of each kind."""

    what: Text = Field(max_length=20)
    how_often: int = Field(default=1, ge=1, le=9)
    tags: list[Text] = Field(default=[], max_length=2)
    owner: UUID | None = None
    is_done: bool = False
    due_on: date | None = None
    due_at: AwareDatetime | None = None


async def write(session: Session, note: Note) -> dict[str, object]:
    """Write a note; one that says `refuse` is refused when it has been written."""
    made = await session.execute(text("INSERT INTO effect (what) VALUES (:what) RETURNING id"), {"what": note.what})
    if note.what == "refuse":
        raise Conflict
    return {"id": made.scalar_one(), "what": note.what}


doors = router()


@doors.post("/notes", status_code=201)
async def write_note(body: Note, once: OnceDep) -> Response:
    """Write a note, once."""
    return await once(201, write, body)


@doors.post("/other-notes", status_code=201)
async def write_other_note(body: Note, once: OnceDep) -> Response:
    """Write a note at another address."""
    return await once(201, write, body)


@doors.get("/notes")
async def read_notes(
    page: PageDep, caller: CallerDep, wanted: Annotated[int | None, Query()] = None
) -> Listed[dict[str, Any]]:
    """A list whose items are the keys of its cursor."""
    keys = page.keys(bool, moment, UUID)
    return page.of([] if keys is None else [{"keys": keys}], None)


@doors.get("/days/{day}")
async def read_days(day: date, until: date | None = None) -> list[date | None]:
    """Days, as they were understood."""
    return [day, until]


@doors.get("/whoami")
async def whoami(caller: CallerDep) -> dict[str, object]:
    """Who calls, and under which request."""
    return {"actor": caller.actor, "request_id": logs.request_id()}


@doors.put("/rows/{row_id}")
async def change_row(row_id: int, seen: IfMatchDep) -> dict[str, object]:
    """What a caller says to have seen."""
    return {"seen": seen, "tag": etag(row_id)}


@doors.get("/refusals/{family}")
async def refuse(family: str) -> None:
    """Refuse."""
    known: dict[str, type[Refusal]] = {kind.__name__: kind for kind in Refusal.__subclasses__()}
    if family == "Faults":
        fault = refusals.Fault("too_old", {"zh": "不超过{years}岁", "en": "{years} at most"}, "birth_date", "person")
        raise Invalid(faults=[refusals.Fault("required", fault.message, "a", None, "7", (("years", 45),)), fault])
    raise known[family](retry_after=7, members={"part": "review"})


@doors.get("/surprise")
async def surprise() -> None:
    """Fail as nobody foresaw."""
    secret = "password=hunter2"
    raise RuntimeError(secret)


def passed(caller: Caller | None = None, audience: ServiceName = "review") -> dict[str, str]:
    """The header that tells who calls."""
    return {"Authorization": f"Bearer {sign(caller or Caller(actor='gateway'), audience)}"}


async def written(database: Database) -> list[str]:
    """The notes in order."""
    async with database.engine.connect() as connection:
        return list((await connection.execute(text("SELECT what FROM effect ORDER BY id"))).scalars())
