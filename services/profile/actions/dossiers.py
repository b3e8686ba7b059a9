"""Drawing a dossier: form, every page of every scan, and history in one PDF, which is then signed."""

import asyncio
import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import update
from sqlmodel import col

from services.profile.actions.drawing import draw
from services.profile.actions.form import QR, qr_code, verify_url
from services.profile.actions.scans import page_key
from services.profile.actions.signing import own_key
from services.profile.models import Account, Document
from services.profile.queries import dossiers
from services.profile.queries.dossiers import Dossier, NamedScan
from services.profile.rules import dossier as law
from services.profile.settings import settings
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.files import files
from shared.kit.jobs import Work

PHOTO = "photo.jpg"


class Gathered(NamedTuple):
    """The pictures of a dossier on disk, what the template says of them, and their hashes."""

    pictures: dict[str, Path]
    scans: list[dict[str, Any]]
    hashes: list[dict[str, Any]]
    left_out: int


async def make_dossier(work: Work[Document], folder: Path) -> Path:
    """Gather, draw, sign, all in that folder; gives the path of the PDF."""
    found, at, asker = await work.database.read(_known, work.row)
    gathered = await _gather(work, found, folder)
    words, pictures = _words(found, gathered, asker, at)
    pdf = await draw("dossier.typ", words, pictures, seconds=settings().dossier_seconds)
    target = folder / "dossier.pdf"
    await asyncio.to_thread(target.write_bytes, _signed(pdf, found, gathered, work.row, at))
    return target


async def _known(session: Session, document: Document) -> tuple[Dossier, datetime, str]:
    """What the dossier says, the present moment, and who asked."""
    asker = await session.get(Account, document.asked_by)
    return await dossiers.dossier(session, document), await clock.now(session), asker.name if asker else ""


async def _gather(work: Work[Document], found: Dossier, folder: Path) -> Gathered:
    """Fetch the pages of every scan; beyond the bound a scan is named and left out."""
    gathered = Gathered({}, [], [], 0)
    ready = [scan for scan in found.scans if scan.status == "ready" and scan.pages]
    total, left_out = sum(scan.pages for scan in ready), 0
    for number, scan in enumerate(ready, start=1):
        if len(gathered.pictures) + scan.pages > law.MOST_PAGES:
            left_out += 1
            continue
        pages = [await _page(work, scan.scan_id, page, folder / f"s{number}-{page}.jpg") for page in _pages(scan)]
        names = [path.name for path, _hash in pages]
        gathered.pictures.update({path.name: path for path, _hash in pages})
        gathered.scans.append({"number": len(gathered.scans) + 1, "title": scan.title, "caption": "", "pages": names})
        hashes = [said for _path, said in pages]
        about = {"scan_id": str(scan.scan_id), "title": scan.title, "uploaded_sha256": scan.sha256}
        gathered.hashes.append({**about, "pages_sha256": hashes})
        await _note_progress(work, total, len(gathered.pictures))
    photo = UUID(found.photo) if found.photo else None
    if photo and any(scan.scan_id == photo for scan in ready):
        gathered.pictures[PHOTO] = (await _page(work, photo, 1, folder / PHOTO))[0]
    return gathered._replace(left_out=left_out)


def _pages(scan: NamedScan) -> range:
    """The numbers of a scan's pages."""
    return range(1, scan.pages + 1)


async def _page(work: Work[Document], scan_id: UUID, page: int, target: Path) -> tuple[Path, str]:
    """Write the picture of a page to disk; gives its path and hash. A page that is lost is Missing: the job fails."""

    async def copy(session: Session) -> None:
        """Open it under its owner's key."""
        await files().copy_to(session, work.row.account_id, page_key(scan_id, page), target)

    await work.database.read(copy)
    return target, await asyncio.to_thread(_hash, target)


def _hash(path: Path) -> str:
    """The SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def _note_progress(work: Work[Document], total: int, drawn: int) -> None:
    """Note how far it has come, for who waits for it."""

    async def write(session: Session) -> None:
        """Write both."""
        mine = (col(Document.id) == work.row.id) & (col(Document.attempts) == work.row.attempts)
        await session.execute(update(Document).where(mine).values(total=total, drawn=drawn))

    await work.database.act(write)


def _words(
    found: Dossier, gathered: Gathered, asker: str, at: datetime
) -> tuple[dict[str, Any], dict[str, bytes | Path]]:
    """What the template draws, and the pictures that it names."""
    number, moment = found.draft.number, at.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M")
    if number is None:
        raise Missing
    pictures: dict[str, bytes | Path] = {**gathered.pictures, QR: qr_code(verify_url(number))}
    photo = PHOTO if PHOTO in gathered.pictures else ""
    applicant = next((p["value"] for s in found.words["sections"] for p in s.get("pairs", ())), "")
    words = {
        "form": {**found.words, "photo": photo, "qr": QR},
        "foot": f"申报编号：{number}　{asker or '—'} 于 {moment} 导出",
        "cover": [["申报人", applicant], *found.words["meta"]],
        "notice": f"本档案于 {moment} 由平台生成，内含数字签名，可用 juxian dossier verify 离线核验。",
        "scans": gathered.scans,
        "history": [one.shown() for one in found.history],
        "left-out": f"另有 {gathered.left_out} 份材料超出页数上限，未收入本档案。" if gathered.left_out else "",
    }
    return words, pictures


def _signed(pdf: bytes, found: Dossier, gathered: Gathered, document: Document, at: datetime) -> bytes:
    """The PDF with its manifest, signed by this service's key."""
    key = own_key()
    known = {
        "number": found.draft.number,
        "submission_id": str(found.draft.submission_id),
        "programme": found.draft.programme.programme,
        "version": document.version,
        "status": found.draft.standing.status,
        "content_hash": found.content_hash,
        "drawn_at": at.isoformat(),
        "history": [one.shown() for one in found.history],
        "key_id": key.key_id,
        "public_key": key.public,
    }
    manifest = orjson.dumps(law.manifest_of(pdf, known, gathered.hashes))
    return law.sealed(pdf, manifest, key.sign(law.SIGNED + manifest))
