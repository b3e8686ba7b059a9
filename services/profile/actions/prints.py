"""What the pages of a scan are told by is kept beside it, keyed, so that the same from another applicant is found."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import structlog
from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from services.profile.models import Scan, ScanPrint
from services.profile.scanning import Line, Outcome, prints
from shared.kit.database import Session
from shared.kit.vault import vault

PURPOSE = "scan_print"
log = structlog.get_logger(__name__)


async def keep_prints(
    session: Session, scan: Scan, looks: Sequence[str], lines: Sequence[Line] | None, id_number: str
) -> None:
    """Keep one row a page; processed again, the newest counts. `looks` has one entry a page."""
    await session.execute(delete(ScanPrint).where(col(ScanPrint.scan_id) == scan.id))
    rows = [
        {
            "scan_id": scan.id,
            "page": page,
            "account_id": scan.account_id,
            "person": person(id_number),
            "tokens": _tokens(scan.sha256 if page == 1 else "", _on_page(lines, page), look),
            "looks": look,
        }
        for page, look in enumerate(looks, start=1)
    ]
    if rows:
        await session.execute(insert(ScanPrint), rows)


async def looks_of(session: Session, scan_id: UUID) -> list[str]:
    """What the pages of a scan looked like when they were last drawn."""
    wanted = select(col(ScanPrint.looks)).where(col(ScanPrint.scan_id) == scan_id).order_by(col(ScanPrint.page))
    return list((await session.execute(wanted)).scalars())


def looks_in(outcome: Outcome) -> list[str]:
    """What each page of an outcome looks like: its hash and its colours."""
    hashes = outcome.hashes
    return [page + colour for page, colour in zip(hashes.pages, hashes.colours, strict=True)] if hashes else []


async def know_person(session: Session, account_id: UUID, basic: Mapping[str, object]) -> None:
    """Note on all prints of an account whose they are, by the ID number that it declares now."""
    known = person(str(basic.get("id_number") or ""))
    differs = col(ScanPrint.person).is_distinct_from(known)
    await session.execute(
        update(ScanPrint).where(col(ScanPrint.account_id) == account_id, differs).values(person=known)
    )


def person(id_number: str) -> str | None:
    """The keyed index of an ID number, as filings carry it too."""
    return vault().index(id_number, "id_number") if id_number else None


def _on_page(lines: Sequence[Line] | None, page: int) -> list[Line] | None:
    return None if lines is None else [line for line in lines if line.page == page]


def _tokens(sha256: str, lines: Sequence[Line] | None, look: str) -> list[str]:
    """What the page is found by: its bytes, and the numbers on it or else its looks."""
    tokens = [f"bytes:{sha256}"] if sha256 else []
    if lines is not None and prints.has_text(lines):
        return tokens + [f"text:{vault().index(word, PURPOSE)}" for word in _words(lines)]
    return tokens + [f"look:{band}" for band in prints.bands_of(look)]


def _words(lines: Sequence[Line]) -> list[str]:
    """The words that a page is told by; a fault of ours in finding them costs nobody their scan."""
    try:
        return sorted(prints.words_on(lines))
    except Exception:
        log.exception("words_not_found")
        return []
