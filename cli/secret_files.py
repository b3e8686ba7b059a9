"""Secrets as files, one each, for compose and other orchestrators: what /run/secrets holds in a container."""

import os
from pathlib import Path

# PostgreSQL's address within compose; elsewhere the files with URLs are written by hand.
DATABASE_HOST = "postgres:5432"
REDIS_HOST = "redis:6379"
FOLDER = Path("/run/secrets")
"""Where a container finds those that it was given."""


def given(folder: Path | None = None) -> dict[str, str]:
    """The settings that came as files, by the names that they would have in the environment."""
    return {path.name.upper(): path.read_text().strip() for path in sorted((folder or FOLDER).glob("juxian_*"))}


def write(folder: Path, owner: int) -> list[str]:
    """Writes each secret that is missing, for `owner` alone to read, and returns the names of those made.

    They belong together (public keys to private ones, URLs to passwords): a folder that has some but not all is
    refused with FileExistsError.
    """
    wanted = _all()
    there = sorted(name for name in wanted if (folder / name).exists())
    if len(there) == len(wanted):
        return []
    if there:
        message = f"{folder} has {', '.join(there)} but not all: secrets that belong together are made together"
        raise FileExistsError(message)
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in wanted.items():
        _write(folder / name, value, owner)
    return sorted(wanted)


def _all() -> dict[str, str]:
    from cli.local.redis_users import acl
    from cli.local.secrets import Secrets

    made = Secrets.made()
    files = {
        "juxian_master_keys": made.master_keys,
        "juxian_index_key": made.index_key,
        "juxian_identity_public_keys": made.identity_public_keys,
        "redis_acl": "".join(f"{line}\n" for line in acl(made.redis_passwords)),
        "postgres_password": made.postgres_password,
        "redis_probe_password": made.redis_passwords["probe"],
    }
    files |= {
        f"redis_url_{user}": f"redis://{user}:{password}@{REDIS_HOST}/0"
        for user, password in made.redis_passwords.items()
        if user != "probe"
    }
    files |= {f"identity_key_{service}": key for service, key in made.identity_keys.items()}
    for service, password in made.database_passwords.items():
        name = f"juxian_{service}"
        files[f"{service}_database_password"] = password
        files[f"{name}_database_url"] = f"postgresql+psycopg://{name}:{password}@{DATABASE_HOST}/{name}"
    return files


def _write(path: Path, value: str, owner: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "w") as file:
        file.write(value)
        if owner:
            os.fchown(descriptor, owner, owner)
