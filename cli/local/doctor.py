"""Looks at what a local installation needs, line by line: all well, or what to do."""

import os
import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cli.local import alone, ports, postgres, valkey
from cli.local.environment import Installation

LEAST_FREE_BYTES = 2 * 1024**3
MOST_SECONDS_APART = 5.0
LATER = "looked at when the platform runs"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, whether it is well, and what was found or what to do."""

    what: str
    well: bool
    words: str


def examine(installation: Installation) -> Iterator[Finding]:
    """Every check in turn; none changes anything."""
    checks: tuple[tuple[str, Callable[[Installation], str]], ...] = (
        ("Python", _python),
        ("data folder", _data_folder),
        ("disk", _disk),
        ("port", _port),
        ("PostgreSQL", _postgres),
        ("Valkey", _valkey),
        ("letters", _letters),
        ("Chinese letters in PDF", _fonts),
        ("database revisions", _revisions),
        ("storage", _storage),
        ("clock", _clock),
    )
    for what, check in checks:
        try:
            yield Finding(what, well=True, words=check(installation))
        except Exception as trouble:  # noqa: BLE001 - whatever it is, it is the finding
            yield Finding(what, well=False, words=str(trouble) or type(trouble).__name__)


def _python(_: Installation) -> str:
    return sys.version.split()[0]


def _data_folder(installation: Installation) -> str:
    folder = installation.places.data
    if not os.access(folder, os.W_OK):
        message = f"{folder} cannot be written; name another in JUXIAN_DATA_DIR"
        raise PermissionError(message)
    return str(folder)


def _disk(installation: Installation) -> str:
    free = shutil.disk_usage(installation.places.data).free
    if free < LEAST_FREE_BYTES:
        message = f"only {free / 1024**3:.1f} GB free; make room, PostgreSQL stops on a full disk"
        raise OSError(message)
    return f"{free / 1024**3:.0f} GB free"


def _port(installation: Installation) -> str:
    if alone.is_held(installation.places.run):
        return f"{installation.port}, in our own use"
    if not ports.is_free(installation.port, installation.host):
        message = f"{installation.port} is taken by another program; choose one: JUXIAN_PORT=8010 make run"
        raise OSError(message)
    return f"{installation.port} is free"


def _postgres(installation: Installation) -> str:
    if not installation.needs_postgres:
        return "named by JUXIAN_*_DATABASE_URL"
    return str(postgres.of_wheel())


def _valkey(installation: Installation) -> str:
    return str(valkey.of_wheel()) if installation.needs_valkey else "named by JUXIAN_REDIS_URL"


def _letters(installation: Installation) -> str:
    if url := installation.said.get("JUXIAN_SMTP_URL"):
        server = urlsplit(url)
        socket.create_connection((server.hostname or "", server.port or 25), timeout=5).close()
        return f"{server.hostname} answers"
    if not installation.is_loopback:
        message = "the built-in mailbox is for this machine alone; name a server in JUXIAN_SMTP_URL"
        raise OSError(message)
    return "built-in mailbox, page /dev/mailbox"


def _fonts(_: Installation) -> str:
    from importlib.util import find_spec

    spec = find_spec("manimgx_fonts_cjk")
    if spec is None or spec.origin is None:
        message = "the wheel with Chinese fonts (manimgx-fonts-cjk) is not installed"
        raise ImportError(message)
    return str(Path(spec.origin).parent)


def _revisions(installation: Installation) -> str:
    from cli import migrations

    if rests(installation):
        return LATER
    behind = migrations.pending(installation.all())
    if behind:
        message = f"behind: {', '.join(behind)}; run `juxian db upgrade`"
        raise RuntimeError(message)
    return "all at the newest"


def rests(installation: Installation) -> bool:
    """Whether the databases are those of a platform that does not run."""
    return installation.needs_postgres and not alone.is_held(installation.places.run)


def _storage(installation: Installation) -> str:
    url = installation.said.get("JUXIAN_STORAGE_URL")
    if url and not url.startswith("file:"):
        return f"{urlsplit(url).scheme} of {urlsplit(url).hostname or urlsplit(url).path}"
    folder = Path(urlsplit(url).path) if url else installation.places.files
    if not os.access(folder, os.W_OK | os.X_OK):
        message = f"{folder} cannot be written; uploads would fail"
        raise PermissionError(message)
    return str(folder)


def _clock(installation: Installation) -> str:
    """Times are the database's: where this machine's differ, logs and letters tell another time than the pages."""
    import psycopg

    if rests(installation):
        return LATER
    url = installation.all()["JUXIAN_AUTH_DATABASE_URL"].replace("+psycopg", "", 1)
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone()
    apart = abs(time.time() - float(row[0] if row else 0))
    if apart > MOST_SECONDS_APART:
        message = f"{apart:.0f} s from the database's; let both follow the same time server"
        raise RuntimeError(message)
    return "like the database's"
