"""The user whom PostgreSQL runs as: itself refuses root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

# Tried in this order when the runner is root; the first is there on servers, the last everywhere.
_CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class OsUser:
    """An account of the operating system."""

    name: str
    uid: int
    gid: int

    def reaches(self, program: Path, *words: str) -> bool:
        """True when this user can enter every folder down to `program` and run it (exit code 0)."""
        try:
            done = subprocess.run(
                [program, *words],
                user=self.uid,
                group=self.gid,
                extra_groups=[],
                cwd="/",
                capture_output=True,
                check=False,
            )
        except OSError:
            return False
        return done.returncode == 0

    def enters(self, folder: Path) -> bool:
        """True when this user can pass through `folder`."""
        return self.reaches(Path("/bin/sh"), "-c", 'test -x "$1"', "sh", str(folder))


def _of(account: pwd.struct_passwd) -> OsUser:
    return OsUser(account.pw_name, account.pw_uid, account.pw_gid)


def unprivileged(cluster: Path) -> OsUser | None:
    """Whom to run PostgreSQL as; None when the runner is no root and runs it as itself.

    A cluster that is there stays with its owner. Else it is who called sudo, or an account of no person.
    Raises LookupError where the system knows no such account.
    """
    if os.geteuid() != 0:
        return None
    if cluster.exists() and (owner := cluster.stat().st_uid) != 0:
        return _of(pwd.getpwuid(owner))
    if sudo := int(os.environ.get("SUDO_UID", "0")):
        return _of(pwd.getpwuid(sudo))
    for name in _CANDIDATES:
        try:
            return _of(pwd.getpwnam(name))
        except KeyError:
            continue
    message = "PostgreSQL refuses to run as root, and there is no account `postgres` or `nobody` to run it as."
    raise LookupError(message)
