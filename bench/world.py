"""The platform that benchmarks run against: started for them, with the demo world."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.local.environment import Installation
from tests.journeys.platform import Platform, start


@dataclass(frozen=True)
class World:
    """A running platform, and the ways in that only a benchmark may use."""

    platform: Platform
    databases: dict[str, str]
    redis: str
    mailbox_port: int
    services: dict[str, str]
    settings: dict[str, str]

    def plain(self, name: str) -> str:
        """A database's URL for psycopg."""
        return self.databases[name].replace("+psycopg", "", 1)


@contextmanager
def running() -> Iterator[World]:
    """Start the platform in a folder of its own, and stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="juxian-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"
        platform = start(data, JUXIAN_DEMO="on", JUXIAN_LIMITS="off", JUXIAN_CLOCK="adjustable")
        settings = Installation.here({"JUXIAN_DATA_DIR": str(data)}, running=True).all()
        names = ("auth", "profile", "review", "notify")
        try:
            yield World(
                platform,
                {name: settings[f"JUXIAN_{name.upper()}_DATABASE_URL"] for name in names},
                settings["JUXIAN_REDIS_URL"],
                int(json.loads((data / "ports.json").read_text())["mailbox"]),
                {name: settings[f"JUXIAN_{name.upper()}_URL"] for name in names},
                settings,
            )
        finally:
            platform.stop()
