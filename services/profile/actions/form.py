"""Drawing the declaration form (申报表) as a PDF."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.profile.actions.drawing import draw
from services.profile.actions.scans import page_key
from services.profile.models import Scan
from services.profile.queries import forms
from services.profile.rules.contents import photo
from services.profile.rules.form import form, organizations_in
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.files import files

PHOTO = "photo.jpg"


@dataclass(frozen=True, slots=True)
class FormContent:
    """What is drawn: the words as JSON, and the photo (JPEG) where there is one."""

    words: dict[str, Any]
    photo: bytes | None


async def form_content(session: Session, account_id: UUID, slug: str, version: int | None) -> FormContent:
    """Gather what one's own form shows; 404 for an unknown profile or version."""
    leaf = await forms.leaf(session, account_id, slug, version)
    names = await forms.names(session, organizations_in(leaf.draft.programme, leaf.held))
    words = form(leaf.draft.programme, leaf.held, replace(leaf.paper, names=names))
    return FormContent(words, await _photo(session, account_id, photo(leaf.draft.programme, leaf.held)))


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
    pictures = {PHOTO: content.photo} if content.photo else {}
    return await draw("form.typ", {**content.words, "photo": PHOTO if content.photo else ""}, pictures)
