"""The end of the audit trail, noted outside the database under the server's key: who cuts entries off is found out."""

import hmac
import json
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from services.auth.models import AuditEntry
from services.auth.queries.audit import broken_trail
from services.auth.settings import settings
from shared.kit.database import Database, Session
from shared.kit.vault import vault

CHUNK = 5000
PURPOSE = "audit-head"


def head_file() -> Path:
    """Where the end is noted: beside the other data, never in the database."""
    return settings().data_dir / "audit" / "auth.json"


async def note_head(database: Database) -> None:
    """Note the newest entry's place and hash, unless the trail has become shorter than what is noted."""
    position, digest = await database.read(_newest)
    if position <= _noted()[0]:
        return
    path = head_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"position": position, "hash": digest, "seal": _seal(position, digest)}))
    fresh.replace(path)


async def verified_trail(database: Database, chunk: int = CHUNK) -> tuple[list[tuple[int, str]], int]:
    """Check the whole trail: the places where it does not hold, and how many entries there are.

    What is wrong: `altered` (or removed, or inserted), `cut`, and at 0 `forged`: the note of the end is not ours.
    """
    found, checked = list[tuple[int, str]](), 0
    while True:
        place, seen = await database.read(broken_trail, checked, chunk)
        checked += seen
        if place is not None:
            found.append((place, "altered"))
        if place is not None or seen < chunk:
            break
    position, digest = _noted()
    if not position and head_file().exists():
        found.append((0, "forged"))
    if position and await database.read(_hash_at, position) != digest:
        found.append((position, "cut"))
    return found, checked


def _noted() -> tuple[int, str]:
    """The place and hash that were noted; (0, "") where nothing was, or the note is not ours."""
    try:
        said = json.loads(head_file().read_text())
        position, digest, seal = int(said["position"]), str(said["hash"]), str(said["seal"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, ""
    return (position, digest) if hmac.compare_digest(seal, _seal(position, digest)) else (0, "")


def _seal(position: int, digest: str) -> str:
    """What only this installation can write."""
    return vault().index(f"{position}:{digest}", PURPOSE)


async def _newest(session: Session) -> tuple[int, str]:
    """The newest entry's place and hash."""
    newest = select(col(AuditEntry.position), col(AuditEntry.hash)).order_by(col(AuditEntry.position).desc()).limit(1)
    row = (await session.execute(newest)).first()
    return (row[0], bytes(row[1]).hex()) if row else (0, "")


async def _hash_at(session: Session, position: int) -> str | None:
    """The hash of the entry at that place; None where there is none."""
    found = await session.execute(select(col(AuditEntry.hash)).where(col(AuditEntry.position) == position))
    digest = found.scalar_one_or_none()
    return None if digest is None else bytes(digest).hex()
