"""The portal's own static files, read once, and how what browsers are sent is packed."""

import gzip
import mimetypes
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from services.gateway.rules.headers import Header
from services.gateway.schemas import Exchange

FOLDER = Path(__file__).parents[1] / "static"
PREFIX = "/static/"
SCRIPTS = "js/"
TEXTUAL = ("text/", "image/svg+xml", "application/javascript")
WORTH_PACKING = 1024
"""Bytes from which packing pays."""
GZIP: Header = (b"content-encoding", b"gzip")
BROTLI: Header = (b"content-encoding", b"br")
PACKED = ".br"
"""After the name of a file that was packed when it was fetched."""
VARY: Header = (b"vary", b"accept-encoding")
MOMENT = (b"cache-control", b"public, max-age=3600")
IMPORTED = re.compile(rb"""(?<=["'])(?:\./|/static/)[\w./-]+\.js(?=["'])""")
"""A module of ours as a script names it."""
FOREVER = (b"cache-control", b"public, max-age=31536000, immutable")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file and the headers that it goes out with."""

    name: str
    content: bytes
    headers: tuple[Header, ...]
    is_textual: bool

    def for_client(self, exchange: Exchange) -> tuple[bytes, list[Header]]:
        """What this client is sent: packed where it can unpack; kept for good where the address names the content."""
        lifetime = FOREVER if exchange.scope["query_string"] else MOMENT
        if (smallest := _files().get(self.name + PACKED)) is not None and _unpacks(exchange, "br"):
            return smallest.content, [*self.headers, lifetime, BROTLI, VARY]
        if self.is_textual and len(self.content) > WORTH_PACKING and _unpacks(exchange):
            return _packed(self.name), [*self.headers, lifetime, GZIP, VARY]
        return self.content, [*self.headers, lifetime, VARY]


def packed_for(exchange: Exchange, content: bytes) -> tuple[bytes, list[Header]]:
    """A page as this client is sent it.

    A token that somebody guessed from the sizes of pages would be of no use: the origin must be right beside it.
    """
    if len(content) > WORTH_PACKING and _unpacks(exchange):
        return gzip.compress(content, 5), [GZIP, VARY]
    return content, [VARY]


@cache
def address(name: str) -> str:
    """The address of a static file, with a mark of its content, so that a new release is seen at once."""
    return f"{PREFIX}{name}?{sha256(_content(name)).hexdigest()[:12]}"


def static_file(path: str) -> StaticFile | None:
    """The file at a path beneath /static/; None where there is none."""
    is_ours = path.startswith(PREFIX) and not path.endswith(PACKED)
    return _files().get(path.removeprefix(PREFIX)) if is_ours else None


def _unpacks(exchange: Exchange, coding: str = "gzip") -> bool:
    """Whether a client takes that coding."""
    taken = (exchange.header(b"accept-encoding") or "").split(",")
    return coding in {one.partition(";")[0].strip() for one in taken if not one.replace(" ", "").endswith(";q=0")}


@cache
def _packed(name: str) -> bytes:
    """A file packed, once."""
    return gzip.compress(_files()[name].content, 9)


@cache
def _files() -> Mapping[str, StaticFile]:
    """Every file beneath the folder, by its name there: nothing else can ever be asked for."""
    found = (path for path in FOLDER.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {name: _read(name, path) for path in found for name in (path.relative_to(FOLDER).as_posix(),)}


@cache
def _content(name: str) -> bytes:
    """What a file holds. Scripts of ours name their modules by the addresses that pages name them by.

    A module that had two addresses would be run twice, and every question asked twice; one without a mark would be
    of the release before.
    """
    content = (FOLDER / name).read_bytes()
    if not name.startswith(SCRIPTS):
        return content
    return IMPORTED.sub(lambda found: address(_named(name, found[0].decode())).encode(), content)


def _named(script: str, module: str) -> str:
    """The name of a module that a script names."""
    return (
        module.removeprefix(PREFIX)
        if module.startswith(PREFIX)
        else posixpath.join(posixpath.dirname(script), module[2:])
    )


def _read(name: str, path: Path) -> StaticFile:
    """Read one file."""
    content = _content(name)
    kind = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(path.name)[0]
    is_textual = (kind or "").startswith(TEXTUAL)
    charset = "; charset=utf-8" if is_textual else ""
    etag = f'"{sha256(content).hexdigest()[:16]}"'.encode()
    headers = ((b"content-type", f"{kind or 'application/octet-stream'}{charset}".encode()), (b"etag", etag))
    return StaticFile(name, content, headers, is_textual)
