"""The secrets of a local installation: made once, kept in its data folder, readable by its user alone."""

import base64
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from secrets import token_bytes, token_urlsafe

from cli.local.redis_users import RULES

SERVICES = ("gateway", "auth", "profile", "review", "notify")
WITH_DATABASE = ("auth", "profile", "review", "notify")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What nobody outside may know. Keys are written `id:base64`: a second one can be added beside."""

    master_keys: str
    index_key: str
    identity_keys: Mapping[str, str]
    identity_public_keys: str
    postgres_password: str
    database_passwords: Mapping[str, str]
    redis_password: str

    @classmethod
    def made(cls) -> "Secrets":
        """A fresh set from the system's random source."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        seeds = {service: token_bytes(32) for service in SERVICES}
        public = {
            service: Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
            for service, seed in seeds.items()
        }
        return cls(
            master_keys=f"k1:{_text(token_bytes(32))}",
            index_key=_text(token_bytes(32)),
            identity_keys={service: f"k1:{_text(seed)}" for service, seed in seeds.items()},
            identity_public_keys=",".join(f"{service}/k1:{_text(key)}" for service, key in public.items()),
            postgres_password=token_urlsafe(24),
            database_passwords={service: token_urlsafe(24) for service in WITH_DATABASE},
            redis_password=token_urlsafe(24),
        )

    @property
    def redis_passwords(self) -> Mapping[str, str]:
        """User of Redis → its password, each drawn from the one that is kept."""
        drawn = partial(hmac.new, self.redis_password.encode(), digestmod="sha256")
        return {user: drawn(msg=user.encode()).hexdigest() for user in RULES}

    @classmethod
    def kept(cls, data: Path) -> "Secrets":
        """The secrets of the data folder; made and written on the first call, whole or not at all."""
        path = data / "secrets.json"
        if not path.exists():
            cls.made().write(path)
        return cls(**json.loads(path.read_text()))

    def write(self, path: Path) -> None:
        """Writes to a file of mode 0600 under a passing name and renames it."""
        passing = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump({name: getattr(self, name) for name in self.__slots__}, file, indent=1)
            file.flush()
            os.fsync(descriptor)
        passing.rename(path)


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
