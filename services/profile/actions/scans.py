"""Scans come in and go: kept encrypted, processed by a job, deleted while nothing names them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, text
from sqlmodel import col

from services.profile.models import Scan, ScanJob
from services.profile.queries import scans as queries
from services.profile.rules.scans import Kept, check_quota
from services.profile.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Missing
from shared.contracts.texts import _
from shared.kit.database import Session
from shared.kit.files import files
from shared.kit.ids import new_id
from shared.kit.jobs import later

QUEUE = "profile.scans"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in: where it lies, what its first bytes say it is."""

    path: Path
    size: int
    sha256: str
    media_type: str
    purpose: str


def source_key(scan_id: UUID) -> str:
    """Where the bytes as uploaded are kept; nobody is ever served them."""
    return f"scans/{scan_id}/source"


def page_key(scan_id: UUID, page: int) -> str:
    """Where the image of a page is kept; pages count from 1."""
    return f"scans/{scan_id}/page-{page}"


def thumbnail_key(scan_id: UUID) -> str:
    """Where the thumbnail is kept."""
    return f"scans/{scan_id}/thumbnail"


def cleaned_key(scan_id: UUID) -> str:
    """Where the cleaned copy is kept: what `…/original` serves."""
    return f"scans/{scan_id}/cleaned"


async def receive_scan(session: Session, caller: Caller, upload: Upload) -> dict[str, Any]:
    """Keep an upload and queue its processing; gives its id. 429 beyond what one account may keep."""
    account_id, scan_id = caller.person, new_id()
    await _check_room(session, account_id, upload)
    # The file is kept before the row, and before the lock: a slow store holds up nobody.
    await files().keep(session, account_id, source_key(scan_id), upload.path)
    try:
        await _take_in(session, account_id, scan_id, upload)
    except BaseException:
        await files().drop(source_key(scan_id))
        raise
    return {"scan_id": str(scan_id), "status": "received"}


async def _take_in(session: Session, account_id: UUID, scan_id: UUID, upload: Upload) -> None:
    """Write the scan and its job; one upload of an account at a time, or two would fit into the last place."""
    lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:who, 0))")
    await session.execute(lock, {"who": f"scans:{account_id}"})
    await _check_room(session, account_id, upload)
    await session.execute(
        insert(Scan).values(
            id=scan_id,
            account_id=account_id,
            purpose=upload.purpose,
            media_type=upload.media_type,
            size=upload.size,
            sha256=upload.sha256,
        )
    )
    later(session, ScanJob(queue=QUEUE, scan_id=scan_id))
    await session.flush()


async def _check_room(session: Session, account_id: UUID, upload: Upload) -> None:
    """Refuse what is beyond the account's quota."""
    most = settings()
    allowed = Kept(files=most.scan_files, size=most.scan_bytes, waiting=most.scans_waiting)
    check_quota(await queries.kept(session, account_id), allowed, upload.size)


async def remove_scan(session: Session, caller: Caller, scan_id: UUID) -> list[str]:
    """Delete one's own scan; gives the keys of its files, to be dropped once this has committed.

    409 while a draft, a version or a change request names it.
    """
    mine = select(Scan).where(col(Scan.id) == scan_id, col(Scan.account_id) == caller.person).with_for_update()
    scan = (await session.execute(mine)).scalar_one_or_none()
    if scan is None:
        raise Missing
    if await queries.is_in_use(session, scan):
        raise Conflict(code="scan_in_use", sentence=_("该文件正在使用，不能删除。"))
    await session.execute(delete(Scan).where(col(Scan.id) == scan_id))
    return keys_of(scan)


def keys_of(scan: Scan) -> list[str]:
    """Every file that a scan may have."""
    pages = [page_key(scan.id, page) for page in range(1, scan.pages + 1)]
    return [source_key(scan.id), *pages, thumbnail_key(scan.id), cleaned_key(scan.id)]


async def drop_files(keys: list[str]) -> None:
    """Drop files that no row names any more."""
    for key in keys:
        await files().drop(key)
