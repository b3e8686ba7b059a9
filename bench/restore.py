"""A drill: a backup of a platform at work, put in place of its data, with an empty Redis. `python -m bench.restore`.

What was approved before the backup must be there after it, histories and trail must hold, every scan must have its
file, and the data must agree with themselves. Ends with 1 where anything is missing.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import psycopg

from bench.office import open_offices
from cli.invariants import SERVICES, broken
from cli.local import postgres
from cli.local.environment import Installation
from cli.local.secrets import Secrets
from tests.journeys.people import API, Someone, new_applicant
from tests.journeys.platform import ROOT, Platform, start, wait_until

PROGRAMMES = ROOT / "tests" / "journeys" / "programmes"
AGREED_WITHIN = 60
OK = 200


def main() -> None:
    """Work, back up, work on, lose everything, restore, and look."""
    with tempfile.TemporaryDirectory(prefix="juxian-restore-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        sys.exit(drill(folder / "data", folder / "backup"))


def drill(data: Path, backup: Path) -> int:
    """The drill; gives 1 where something is missing."""
    settings = {"JUXIAN_DEMO": "on", "JUXIAN_LIMITS": "off", "JUXIAN_PROGRAMMES_PATH": str(PROGRAMMES)}
    platform = start(data, **settings)
    try:
        office = open_offices(platform)
        approved = [office.approve_all(new_applicant(platform.url, "石明远", patience=60.0))[1] for _ in range(3)]
        taken = take(data, backup)
        office.approve_all(new_applicant(platform.url, "石明远", patience=60.0))
    finally:
        platform.stop()
    began = time.monotonic()
    put_back(data, backup)
    platform = start(data, **settings)
    print(f"backup in {taken:.0f} s, ready {time.monotonic() - began:.0f} s after everything was lost")
    try:
        return look(platform, approved)
    finally:
        platform.stop()


def take(data: Path, backup: Path) -> float:
    """The databases as they stand at one moment, then the files; gives the seconds that it took."""
    began = time.monotonic()
    backup.mkdir()
    environment = os.environ | {"PGPASSWORD": Secrets.kept(data).postgres_password}
    words = ["--host=127.0.0.1", f"--port={port(data)}", f"--username={postgres.SUPERUSER}", "--wal-method=fetch"]
    program = [str(postgres.of_wheel() / "pg_basebackup"), *words, "--checkpoint=fast", "--format=tar"]
    subprocess.run([*program, f"--pgdata={backup / 'databases'}"], env=environment, check=True)
    shutil.copytree(data / "files", backup / "files")
    return time.monotonic() - began


def put_back(data: Path, backup: Path) -> None:
    """Lose databases, files and Redis, and put the backup in place of the first two."""
    cluster = (data / "postgres").resolve()
    owner = cluster.stat()
    for lost in (cluster, data / "files", data / "valkey"):
        shutil.rmtree(lost)
    cluster.mkdir(mode=0o700)
    with tarfile.open(backup / "databases" / "base.tar") as kept:
        kept.extractall(cluster, filter="data")
    for path in (cluster, *cluster.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)
    shutil.copytree(backup / "files", data / "files")


def look(platform: Platform, approved: list[str]) -> int:
    """Whether everything is there, and holds together."""
    data, owner = platform.data, Someone(platform.url)
    settings = Installation.here({"JUXIAN_DATA_DIR": str(data)}, running=True).all()
    databases = {name: settings[f"JUXIAN_{name.upper()}_DATABASE_URL"] for name in SERVICES}
    with psycopg.connect(databases["profile"].replace("+psycopg", "")) as connection:
        rows = connection.execute("SELECT id::text FROM submission WHERE status = 'approved'").fetchall()
    missing = set(approved) - {found for (found,) in rows}
    wait_until(lambda: not broken(databases)[0], AGREED_WITHIN, f"the data agree: {broken(databases)[0]}")
    owner.log_in("zhang.wei")
    scans = [scan["scan_id"] for scan in owner.get("/scans?limit=100")["items"]]
    unread = [scan for scan in scans if owner.http.get(f"{API}/scans/{scan}/thumbnail").status_code != OK]
    environment = os.environ | {"JUXIAN_DATA_DIR": str(data)}
    audit = subprocess.run([sys.executable, "-m", "cli", "audit", "verify"], cwd=ROOT, env=environment, check=False)
    print(f"{len(approved)} approved before the backup, missing after it: {sorted(missing) or 'none'}")
    print(f"{len(scans)} scans of one applicant, without their file: {unread or 'none'}")
    return int(bool(missing) or bool(unread) or not scans or audit.returncode != 0)


def port(data: Path) -> int:
    """PostgreSQL's."""
    return Installation.here({"JUXIAN_DATA_DIR": str(data)}, running=True).ports["postgres"]


if __name__ == "__main__":
    main()
