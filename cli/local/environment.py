"""The settings of each process of a local installation. Whatever the operator has set wins."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from cli.local.places import Places
from cli.local.ports import LOOPBACK, choose, remembered
from cli.local.redis_users import user_of
from cli.local.roster import TELLERS, Process
from cli.local.secrets import Secrets

DEFAULT_PORT = 8000
# A stop lets what a worker is doing end, for as long as its own settings say. Celery reads it when it is loaded.
STOP_GENTLY = {"REMAP_SIGTERM": "SIGQUIT"}
# Every part that needs a port of its own on the loopback address.
_PORTS = (
    "postgres", "valkey", "mailbox", *TELLERS,
    *(f"{name}-events-metrics" for name in TELLERS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Installation:
    """A local installation: what the operator said, its places, secrets and ports."""

    said: Mapping[str, str]
    places: Places
    secrets: Secrets
    ports: Mapping[str, int]

    @classmethod
    def here(cls, said: Mapping[str, str] | None = None, *, running: bool = False) -> "Installation":
        """The installation of this checkout or of `JUXIAN_DATA_DIR`; made where there is none yet.

        While it is `running`, its ports are those that it remembers, although they are not free, and what its
        operator said when it was started is still true.
        """
        said = dict(os.environ if said is None else said)
        places = Places.of(said.get("JUXIAN_DATA_DIR"))
        places.make()
        if running:
            said = {**_said_at_start(places), **said}
        memory = places.data / "ports.json"
        ports = remembered(memory) if running else choose(_PORTS, memory, places.mark)
        return cls(said, places, Secrets.kept(places.data), ports)

    def remember(self) -> None:
        """Keeps what the operator said, for commands that are given while it runs."""
        ours = {name: value for name, value in self.said.items() if name.startswith("JUXIAN_")}
        _said_file(self.places).write_text(json.dumps(ours, indent=1, ensure_ascii=False))

    @property
    def port(self) -> int:
        """Where portal and API are, for people."""
        return int(self.said.get("JUXIAN_PORT") or DEFAULT_PORT)

    @property
    def host(self) -> str:
        """The address that the gateway binds; anything but a loopback name opens it to others."""
        return self.said.get("JUXIAN_HOST") or LOOPBACK

    @property
    def is_loopback(self) -> bool:
        """True when the platform can be reached from this machine alone."""
        return self.host in {LOOPBACK, "::1", "localhost"}

    @property
    def base_url(self) -> str:
        """What links in letters begin with. A name, no address: passkeys need one."""
        return self.said.get("JUXIAN_BASE_URL") or f"http://localhost:{self.port}"

    @property
    def wants_demo(self) -> bool:
        """True unless the operator said JUXIAN_DEMO=off."""
        return self.said.get("JUXIAN_DEMO", "on").lower() not in {"off", "0", "false", "no"}

    @property
    def needs_postgres(self) -> bool:
        """True when any service's database was not named by the operator."""
        return any(not self.said.get(_database_url_of(service)) for service in TELLERS)

    @property
    def needs_valkey(self) -> bool:
        """True when no Redis was named by the operator."""
        return not self.said.get("JUXIAN_REDIS_URL")

    @property
    def apart(self) -> bool:
        """True when each queue has a worker process of its own."""
        return self.said.get("JUXIAN_WORKERS") == "apart"

    def all(self) -> dict[str, str]:
        """Everything, for what looks after all services: migrations, demo world, the operator's commands."""
        return self._merged(self._common() | self._databases(TELLERS) | self._identity("gateway"))

    def of(self, process: Process) -> dict[str, str]:
        """The environment of one process: of databases and keys only its own service's."""
        own = self._common() | self._databases(process.services) | self._identity(process.services[0])
        own["JUXIAN_REDIS_URL"] = self._redis_url(user_of(process.kind, process.services[0]))
        if (metrics := self.ports.get(f"{process.name}-metrics")) is not None:
            own["JUXIAN_METRICS_PORT"] = str(metrics)
        if process.kind == "worker":
            own |= STOP_GENTLY
        foreign = {_database_url_of(service) for service in TELLERS if service not in process.services}
        return {name: value for name, value in self._merged(own).items() if name not in foreign}

    def _merged(self, own: Mapping[str, str]) -> dict[str, str]:
        given = {name: value for name, value in self.said.items() if value or not name.startswith("JUXIAN_")}
        return {**own, **given, "JUXIAN_DATA_DIR": str(self.places.data)}

    def _common(self) -> dict[str, str]:
        common = {
            "PYTHONUNBUFFERED": "1",
            "JUXIAN_INSTALLATION": "local",
            "JUXIAN_HOST": self.host,
            "JUXIAN_PORT": str(self.port),
            "JUXIAN_BASE_URL": self.base_url,
            "JUXIAN_DEMO": "on" if self.wants_demo else "off",
            "JUXIAN_REDIS_URL": self._redis_url("operator"),
            "JUXIAN_STORAGE_URL": f"file://{quote(str(self.places.files))}",
            "JUXIAN_MASTER_KEYS": self.secrets.master_keys,
            "JUXIAN_INDEX_KEY": self.secrets.index_key,
            "JUXIAN_IDENTITY_PUBLIC_KEYS": self.secrets.identity_public_keys,
        }
        common |= {f"JUXIAN_{name.upper()}_URL": f"http://{LOOPBACK}:{self.ports[name]}" for name in TELLERS}
        if not self.said.get("JUXIAN_SMTP_URL") and self.is_loopback:
            common["JUXIAN_MAILBOX_PORT"] = str(self.ports["mailbox"])
        return common

    def _databases(self, services: Iterable[str]) -> dict[str, str]:
        return {_database_url_of(service): self._database_url(service) for service in services if service in TELLERS}

    def _identity(self, service: str) -> dict[str, str]:
        return {"JUXIAN_IDENTITY_KEY": self.secrets.identity_keys[service]}

    def _database_url(self, service: str) -> str:
        password, port = self.secrets.database_passwords[service], self.ports["postgres"]
        return f"postgresql+psycopg://juxian_{service}:{password}@{LOOPBACK}:{port}/juxian_{service}"

    def _redis_url(self, user: str) -> str:
        return f"redis://{user}:{self.secrets.redis_passwords[user]}@{LOOPBACK}:{self.ports['valkey']}/0"


def _said_file(places: Places) -> Path:
    return places.run / "said.json"


def _said_at_start(places: Places) -> dict[str, str]:
    kept = _said_file(places)
    said: dict[str, str] = json.loads(kept.read_text()) if kept.exists() else {}
    return said


def _database_url_of(service: str) -> str:
    return f"JUXIAN_{service.upper()}_DATABASE_URL"
