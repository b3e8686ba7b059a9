"""Brings the databases of all services to their newest revision, in one process.

Run as `python -m cli.migrations`. Where the recorded head is the newest, Alembic is not imported.
"""

import io
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config

SERVICES = ("auth", "profile", "review", "notify")
_HOME = Path(__file__).resolve().parents[1] / "services"
_REVISION = re.compile(r"^(revision|down_revision)\b[^=]*=\s*(?:[\"']([^\"']*)[\"']|None)", re.MULTILINE)


class SeveralHeadsError(Exception):
    """Two revisions of one service follow the same one: they must be merged."""


def newest_revision(service: str, home: Path = _HOME) -> str | None:
    """The revision that no other follows, read from the files' text; None where there is none."""
    revisions: set[str] = set()
    followed: set[str] = set()
    for path in (home / service / "migrations" / "versions").glob("*.py"):
        named = dict(_REVISION.findall(path.read_text(encoding="utf-8")))
        if named.get("revision"):
            revisions.add(named["revision"])
            followed.add(named.get("down_revision", ""))
    heads = sorted(revisions - followed)
    if len(heads) > 1:
        message = f"services/{service} has several newest revisions: {', '.join(heads)}"
        raise SeveralHeadsError(message)
    return heads[0] if heads else None


def recorded_head(database_url: str) -> str | None:
    """The revision that the database says it has; None for a database that was never migrated."""
    import psycopg

    with psycopg.connect(database_url.replace("+psycopg", "", 1), connect_timeout=10) as connection:
        known = connection.execute("SELECT to_regclass('alembic_version') IS NOT NULL").fetchone()
        if not known or not known[0]:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None


def pending(environment: Mapping[str, str], services: Sequence[str] = SERVICES) -> dict[str, tuple[str | None, str]]:
    """Those of the services whose database is behind: recorded and newest revision of each."""
    behind = {}
    for service in services:
        newest = newest_revision(service)
        if newest is None:
            continue
        recorded = recorded_head(environment[f"JUXIAN_{service.upper()}_DATABASE_URL"])
        if recorded != newest:
            behind[service] = (recorded, newest)
    return behind


def upgrade_all(environment: Mapping[str, str], services: Sequence[str] = SERVICES) -> list[str]:
    """Upgrades each of these databases that is behind, and returns the services that were.

    `environment` holds the settings of all services (JUXIAN_*); it becomes this process's own, because each
    service's migrations read their settings there.
    """
    os.environ.update(environment)
    behind = list(pending(environment, services))
    for service in behind:
        _upgrade(service)
    return behind


def check_all(environment: Mapping[str, str], services: Sequence[str] = SERVICES) -> dict[str, str]:
    """What is wrong with each of these services' database: behind, or unlike its models. Empty when all is well."""
    os.environ.update(environment)
    behind = pending(environment, services)
    wrong = {name: f"at {old or 'nothing'}, newest is {new}" for name, (old, new) in behind.items()}
    for service in services:
        if service not in wrong and newest_revision(service) and (difference := _difference(service)):
            wrong[service] = difference
    return wrong


def _upgrade(service: str) -> None:
    from alembic import command

    command.upgrade(_config(service), "head")


def _difference(service: str) -> str:
    from alembic import command
    from alembic.util import CommandError

    try:
        command.check(_config(service))
    except CommandError as difference:
        return str(difference)
    return ""


def _config(service: str) -> "Config":
    from alembic.config import Config

    config = Config(stdout=io.StringIO())  # answers are ours to print
    config.set_main_option("script_location", str(_HOME / service / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


if __name__ == "__main__":
    import sys

    from cli import secret_files

    for upgraded in upgrade_all(secret_files.given() | dict(os.environ)):
        sys.stdout.write(f"upgraded {upgraded}\n")
