"""Weak places of the code, secrets in the tree, advisories, and the list of parts (SBOM). `make security`.

Ends with 1 where anything was found, with 2 where the advisories could not be asked for: they come from a service
on the internet. `--without-advisories` leaves them out.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from detect_secrets.core import scan
from detect_secrets.settings import default_settings, transient_settings

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
LOCK = "requirements.lock"
PARTS = Path(".security/sbom.json")
FOUND, NOT_ASKED = 1, 2
NO_SECRET: Mapping[str, tuple[int, str]] = {
    ".env.example": (1, "shows the form of an address"),
    "cli/demo/cast.py": (1, "the demo world's password is public"),
    "cli/local/postgres.py": (1, "the name of a method"),
    "cli/local/welcome.py": (1, "the demo world's password is public"),
    "services/auth/actions/imports/creating.py": (2, "a purpose and the name of a kind"),
    "services/auth/migrations/versions/0001_first_tables.py": (1, "a rule of the database"),
    "services/auth/models/accounts.py": (1, "a rule of the database"),
    "services/auth/rules/accounts.py": (1, "an alphabet"),
    "services/auth/settings.py": (1, "a default address of a database on this machine"),
    "services/notify/settings.py": (1, "a default address of a database on this machine"),
    "services/profile/actions/sharing.py": (1, "an alphabet"),
    "services/profile/settings.py": (1, "a default address of a database on this machine"),
    "services/review/settings.py": (1, "a default address of a database on this machine"),
    "shared/kit/settings.py": (1, "shows the form of an address"),
    "shared/kit/smtp.py": (1, "shows the form of an address"),
}
"""What looks like a secret and is none: how often in which file, and why. Anything beyond is a finding."""
PLAIN = [
    {"name": name}
    for name in (
        "AWSKeyDetector", "AzureStorageKeyDetector", "GitHubTokenDetector", "GitLabTokenDetector", "JwtTokenDetector",
        "NpmDetector", "OpenAIDetector", "PrivateKeyDetector", "PypiTokenDetector", "SlackDetector", "StripeDetector",
    )
]  # fmt: skip
"""What cannot be mistaken: tests, benchmarks and pages are full of invented passwords."""


def main() -> None:
    """Look at one thing after the other, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-advisories", action="store_true", help="Ask nobody outside this machine.")
    given = parser.parse_args()
    results = [_weak_places(), _secrets(), 0 if given.without_advisories else _advisories(), _parts()]
    sys.exit(FOUND if FOUND in results else max(results))


def _weak_places() -> int:
    """Bandit, on all that runs; what is grave is a finding, the rest is judged by ruff's rules of the same names."""
    done = _run("bandit", "--quiet", "--recursive", "-lll", "services", "shared", "cli", "ops", "bench")
    print(f"weak places: {'none' if done.returncode == 0 else done.stdout}")
    return FOUND if done.returncode else 0


def _secrets() -> int:
    """Everything that is kept in the repository, but for the locks, whose hashes are no secrets."""
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")  # noqa: S607 - the one on the PATH
    files = [name for name in kept if name and not name.endswith(".lock") and (ROOT / name).is_file()]
    invented = [name for name in files if name.startswith(("tests/", "bench/", "docs/", "README"))]
    with default_settings():
        found = _counted(set(files) - set(invented))
    with transient_settings({"plugins_used": PLAIN}):
        found |= _counted(invented)
    allowed = {name: count for name, (count, _why) in NO_SECRET.items()}
    wrong = {name: count for name, count in found.items() if count > allowed.get(name, 0)}
    print(f"secrets in {len(files)} files: {wrong or 'none'}")
    return FOUND if wrong else 0


def _counted(names: Iterable[str]) -> Counter[str]:
    """How many secrets each file seems to hold."""
    return Counter(secret.filename for name in sorted(names) for secret in set(scan.scan_file(name)))


def _advisories() -> int:
    """Known vulnerabilities of what the lock pins."""
    done = _run("pip-audit", "--format=json", "--require-hashes", "--disable-pip", "-r", LOCK)
    try:
        parts = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"advisories: NOT ASKED FOR, {done.stderr.strip()[-300:]}")
        return NOT_ASKED
    known = {part["name"]: [each["id"] for each in part["vulns"]] for part in parts if part.get("vulns")}
    skipped = [part["name"] for part in parts if "skip_reason" in part]
    print(f"advisories: {known or 'none known'} in {len(parts) - len(skipped)} parts; NOT ASKED FOR: {len(skipped)}")
    if known:
        return FOUND
    return NOT_ASKED if skipped else 0


def _parts() -> int:
    """The list of parts, with their versions and hashes (CycloneDX)."""
    (ROOT / PARTS).parent.mkdir(exist_ok=True)
    done = _run("cyclonedx-py", "requirements", "--output-reproducible", "--output-file", str(PARTS), LOCK)
    if done.returncode:
        print(f"list of parts: not written, {done.stderr.strip()[-300:]}")
        return FOUND
    print(f"list of parts: {len(json.loads((ROOT / PARTS).read_bytes())['components'])} in {PARTS}")
    return 0


def _run(command: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the environment in the project's folder."""
    return subprocess.run([str(BIN / command), *words], cwd=ROOT, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    main()
