"""Sweeping out files that no row names: left behind by uploads that broke off, and by what was deleted."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlmodel import col

from services.profile.models import Document, Scan, Sharing
from shared.kit import clock
from shared.kit.database import Database, Session
from shared.kit.files import files

AGE = timedelta(hours=24)
"""Younger files are left alone: a file is kept before its row is."""
PREFIXES = ("scans", "documents", "experts")
log = structlog.get_logger(__name__)


async def sweep_files(database: Database) -> None:
    """Drop every file older than a day that belongs to no scan, no document and no public page.

    The store dates its files by its own clock, so that the machine's is asked, never the platform's.
    """
    before, dropped = clock.wall() - AGE, 0
    for prefix in PREFIXES:
        async for keys in files().listed(prefix, before):
            orphans = await database.read(_orphans, prefix, keys)
            for key in orphans:
                await files().drop(key)
            dropped += len(orphans)
    if dropped:
        log.info("orphan_files_dropped", files=dropped)


async def _orphans(session: Session, prefix: str, keys: list[str]) -> list[str]:
    """Those of the keys that no row names; a key that is none of ours is left alone."""
    owners = {key: owner for key in keys if (owner := _owner(key)) is not None}
    living = await _living(session, prefix, owners.values())
    return [key for key, owner in owners.items() if _named(prefix, key, owner) not in living]


async def _living(session: Session, prefix: str, ids: Iterable[UUID]) -> set[str]:
    """What rows name of these: scans and documents by their id, public pages by id and revision."""
    wanted = list(set(ids))
    if prefix == "experts":
        pages = select(col(Sharing.id), col(Sharing.revision)).where(
            col(Sharing.id).in_(wanted), col(Sharing.published).is_not(None)
        )
        return {f"{row.id}/{row.revision}" for row in await session.execute(pages)}
    table = Scan if prefix == "scans" else Document
    found = select(col(table.id)).where(col(table.id).in_(wanted))
    return {str(one) for one in (await session.execute(found)).scalars()}


def _named(prefix: str, key: str, owner: UUID) -> str:
    """The name by which a row would be found."""
    return key.removeprefix("experts/") if prefix == "experts" else str(owner)


def _owner(key: str) -> UUID | None:
    """The id in a key such as `scans/<id>/page-1`."""
    try:
        return UUID(key.split("/")[1])
    except (IndexError, ValueError):
        return None
