"""Keeps the immutable, encrypted copies of versions, fetched from profile when one is first needed."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.review import clients
from services.review.models import Case, Snapshot
from services.review.queries import refusing_erased
from services.review.rules import Content
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.vault import Json, vault

TABLE, COLUMN = "snapshot", "content"


async def keep(session: Session, case: Case, content: Content, content_hash: str) -> None:
    """Keep a version's copy, sealed with its applicant's key; one that is there already stays as it is."""
    row_id = new_id()
    plain = {"filed_at": content.filed_at, "sections": content.sections, "scans": content.scans}
    with refusing_erased():
        sealed = await vault().seal(
            session, case.account_id, cast("Json", plain), table=TABLE, column=COLUMN, row_id=row_id
        )
    new = insert(Snapshot).values(
        id=row_id, case_id=case.id, version=content.version, content=sealed, content_hash=content_hash
    )
    await session.execute(new.on_conflict_do_nothing())


async def kept(session: Session, case: Case, versions: Sequence[int]) -> dict[int, Content]:
    """The copies that are here, by version. Refused: Gone (410) where the person's data were erased."""
    rows = await session.execute(
        select(Snapshot).where(col(Snapshot.case_id) == case.id, col(Snapshot.version).in_(versions))
    )
    copies = rows.scalars().all()
    places = [(copy.content, TABLE, COLUMN, copy.id) for copy in copies]
    with refusing_erased():
        opened = await vault().open_many(session, case.account_id, places)
    return {copy.version: _content(copy.version, plain) for copy, plain in zip(copies, opened, strict=True)}


async def content_of(session: Session, case: Case, version: int, reviewer_id: UUID) -> Content:
    """One version: the copy that is here, or fetched from profile and kept."""
    here = await kept(session, case, [version])
    if version in here:
        return here[version]
    content, content_hash = await clients.snapshot(case.submission_id, version, reviewer_id)
    await keep(session, case, content, content_hash)
    return content


def _content(version: int, plain: Json) -> Content:
    """A copy as it was kept."""
    parts = cast("dict[str, Any]", plain)
    return Content(version, str(parts["filed_at"]), parts["sections"], parts["scans"])
