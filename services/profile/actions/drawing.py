"""Drawing paper with typst: a template, words as JSON, and pictures; nothing else can be read while it draws."""

import asyncio
import json
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import typst

from services.profile.settings import settings
from shared.contracts.refusals import Unavailable

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
AT_ONCE = 2
"""Sheets that one process draws side by side."""


async def draw(
    template: str,
    words: Mapping[str, Any],
    pictures: Mapping[str, bytes | Path],
    *,
    form: Literal["pdf", "png"] = "pdf",
    seconds: float | None = None,
) -> bytes:
    """Draw in a thread; gives a PDF, or the first page as PNG. What takes too long is refused as Unavailable.

    `pictures`: the files that the template may show, by their names.
    """
    async with _slots():
        try:
            async with asyncio.timeout(settings().document_seconds if seconds is None else seconds):
                return await asyncio.to_thread(_draw, template, words, pictures, form)
        except TimeoutError as error:
            raise Unavailable(retry_after=30) from error


def _draw(template: str, words: Mapping[str, Any], pictures: Mapping[str, bytes | Path], form: str) -> bytes:
    """Compile the template in a folder that holds nothing but it, its words and its pictures."""
    with tempfile.TemporaryDirectory(prefix="juxian-paper-") as name:
        folder = Path(name)
        for part in TEMPLATES.glob("*.typ"):
            shutil.copyfile(part, folder / part.name)
        for picture, content in pictures.items():
            if isinstance(content, bytes):
                (folder / picture).write_bytes(content)
            else:
                content.rename(folder / picture)
        inputs = {"data": json.dumps(words, ensure_ascii=False)}
        options: dict[str, Any] = {"root": name, "font_paths": _fonts(), "sys_inputs": inputs}
        if form == "png":
            options |= {"format": "png", "ppi": 144.0}
        drawn = typst.compile(str(folder / template), **options)
        return bytes(drawn[0] if isinstance(drawn, list) else drawn)


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
