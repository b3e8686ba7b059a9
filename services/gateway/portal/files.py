"""The portal's own static files, read once."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from services.gateway.rules.headers import Header

FOLDER = Path(__file__).parents[1] / "static"
PREFIX = "/static/"
TEXTUAL = ("text/", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file and the headers that it goes out with."""

    content: bytes
    headers: tuple[Header, ...]


def static_file(path: str) -> StaticFile | None:
    """The file at a path beneath /static/; None where there is none."""
    return _files().get(path.removeprefix(PREFIX)) if path.startswith(PREFIX) else None


@cache
def _files() -> Mapping[str, StaticFile]:
    """Every file beneath the folder, by its name there: nothing else can ever be asked for."""
    found = (path for path in FOLDER.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(FOLDER).as_posix(): _read(path) for path in found}


def _read(path: Path) -> StaticFile:
    """Read one file."""
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if kind.startswith(TEXTUAL) else ""
    return StaticFile(
        content,
        (
            (b"content-type", f"{kind}{charset}".encode()),
            (b"cache-control", b"public, max-age=3600"),
            (b"etag", f'"{sha256(content).hexdigest()[:16]}"'.encode()),
        ),
    )
