"""Drawing the declaration form (申报表) as a PDF."""

import asyncio
import json
import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID

import typst

from services.profile.actions.scans import page_key
from services.profile.models import Scan
from services.profile.queries import forms
from services.profile.rules.contents import photo
from services.profile.rules.form import form, organizations_in
from services.profile.settings import settings
from shared.contracts.refusals import Missing, Unavailable
from shared.kit.database import Session
from shared.kit.files import files

TEMPLATE = Path(__file__).resolve().parents[1] / "templates" / "form.typ"
AT_ONCE = 2
"""Forms that one process draws side by side."""


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
    """Draw the form in a thread; one that takes too long is refused as Unavailable."""
    async with _slots():
        try:
            async with asyncio.timeout(settings().document_seconds):
                return await asyncio.to_thread(_draw, content)
        except TimeoutError as error:
            raise Unavailable(retry_after=30) from error


def _draw(content: FormContent) -> bytes:
    """Compile the template in a folder that holds nothing but it and the photo: no other file can be read."""
    with tempfile.TemporaryDirectory(prefix="juxian-form-") as folder:
        shutil.copyfile(TEMPLATE, Path(folder) / TEMPLATE.name)
        inputs = {"data": json.dumps(content.words, ensure_ascii=False)}
        if content.photo:
            (Path(folder) / "photo.jpg").write_bytes(content.photo)
            inputs["photo"] = "photo.jpg"
        template = str(Path(folder) / TEMPLATE.name)
        return bytes(typst.compile(template, root=folder, font_paths=_fonts(), sys_inputs=inputs))


@cache
def _fonts() -> typst.Fonts:
    """The Chinese fonts of the wheel, read once; nothing of the machine's own."""
    found = find_spec("manimgx_fonts_cjk")
    folder = Path(found.origin).parent if found and found.origin else None
    return typst.Fonts(font_paths=[folder] if folder else [], include_system_fonts=folder is None)


_waiting: dict[int, asyncio.Semaphore] = {}


def _slots() -> asyncio.Semaphore:
    """The places at the drawing board, of the running event loop."""
    return _waiting.setdefault(id(asyncio.get_running_loop()), asyncio.Semaphore(AT_ONCE))
