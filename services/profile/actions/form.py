"""Drawing the declaration form (申报表) as a PDF."""

import io
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import segno

from services.profile.actions.drawing import draw
from services.profile.actions.scans import page_key
from services.profile.models import Scan
from services.profile.queries import forms
from services.profile.rules.contents import photo
from services.profile.rules.form import form, organizations_in
from services.profile.settings import settings
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.files import files

PHOTO, QR = "photo.jpg", "qr.svg"


@dataclass(frozen=True, slots=True)
class FormContent:
    """What is drawn: the words as JSON, the photo (JPEG) where there is one, and where the paper can be verified."""

    words: dict[str, Any]
    photo: bytes | None
    verify_url: str | None


async def form_content(session: Session, account_id: UUID, slug: str, version: int | None) -> FormContent:
    """Gather what one's own form shows; 404 for an unknown profile or version."""
    leaf = await forms.leaf(session, account_id, slug, version)
    names = await forms.names(session, organizations_in(leaf.draft.programme, leaf.held))
    words = form(leaf.draft.programme, leaf.held, replace(leaf.paper, names=names))
    number = leaf.paper.number
    address = verify_url(number) if number else None
    return FormContent(words, await _photo(session, account_id, photo(leaf.draft.programme, leaf.held)), address)


async def _photo(session: Session, account_id: UUID, scan_id: str | None) -> bytes | None:
    """The picture of a photo that is ready."""
    scan = await session.get(Scan, UUID(scan_id)) if scan_id else None
    if scan is None or scan.status != "ready" or scan.account_id != account_id:
        return None
    try:
        return await files().read(session, account_id, page_key(scan.id, 1))
    except Missing:
        return None


async def draw_form(content: FormContent) -> bytes:
    """Draw the form; one that takes too long is refused as Unavailable."""
    words, pictures = with_pictures(content)
    return await draw("form.typ", words, pictures)


def with_pictures(content: FormContent) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The words, and the pictures that they name: the photo, and the code that leads to the page of verification."""
    pictures: dict[str, bytes] = {}
    if content.photo:
        pictures[PHOTO] = content.photo
    if content.verify_url:
        pictures[QR] = qr_code(content.verify_url)
    names = {"photo": PHOTO if content.photo else "", "qr": QR if content.verify_url else ""}
    return content.words | names, pictures


def qr_code(text: str) -> bytes:
    """A QR code (SVG) that survives a stamp on its corner (level M)."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=0, scale=4)
    return drawn.getvalue()


def verify_url(number: str) -> str:
    """Where anybody can verify a paper of that number."""
    return f"{settings().public_url}/verify/{number}"
