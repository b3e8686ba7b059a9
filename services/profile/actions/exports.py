"""Gathering all that is kept of one person into one archive, for that person."""

import asyncio
import zipfile
from pathlib import Path

import orjson

from services.profile import clients
from services.profile.actions.scans import cleaned_key
from services.profile.models import Document, Scan
from services.profile.queries import exports
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.files import files
from shared.kit.jobs import Work

ENDINGS = {"application/pdf": "pdf", "image/png": "png"}
MOST_BYTES = 2 * 1024**3
"""Bytes of scans in one archive; those beyond it are listed, and can be fetched one by one."""


async def make_export(work: Work[Document], folder: Path) -> Path:
    """Write the archive into that folder: `data.json`, and each scan that is ready as it was cleaned.

    `data.json` holds what profile keeps, and under `account`, `review` and `letters` what the other services do; while
    one of them is away the job waits.
    """
    account_id = work.row.account_id
    elsewhere = await clients.kept_elsewhere(account_id)
    found = await work.database.read(exports.export, account_id)
    found |= {"account": elsewhere["auth"], "review": elsewhere["review"], "letters": elsewhere["notify"]}
    target = folder / "export.zip"
    written = orjson.dumps(found, option=orjson.OPT_INDENT_2)
    await asyncio.to_thread(_begin, target, written)
    room = MOST_BYTES
    for scan in await work.database.read(exports.scans, account_id):
        if scan.status == "ready" and scan.size <= room:
            room -= scan.size
            await _add(work, scan, folder, target)
    return target


def _begin(target: Path, written: bytes) -> None:
    """The archive with its data."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", written)


async def _add(work: Work[Document], scan: Scan, folder: Path, target: Path) -> None:
    """Add a scan's cleaned file; one that is lost is left out, for the rest is still the person's."""
    copy = folder / f"{scan.id}.{ENDINGS.get(scan.cleaned_type or '', 'jpg')}"

    async def fetch(session: Session) -> None:
        """Open it under its owner's key."""
        await files().copy_to(session, work.row.account_id, cleaned_key(scan.id), copy)

    try:
        await work.database.read(fetch)
    except Missing:
        return
    await asyncio.to_thread(_append, target, copy)


def _append(target: Path, copy: Path) -> None:
    """Add a file to the archive as it is, for pictures do not shrink; the copy goes."""
    with zipfile.ZipFile(target, "a", zipfile.ZIP_STORED) as archive:
        archive.write(copy, f"scans/{copy.name}")
    copy.unlink()
