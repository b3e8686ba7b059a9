"""Random kills under load, then the count: what was acknowledged is there, once (quality R1). `make chaos`."""

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

from bench.office import Office, open_offices
from tests.journeys.people import Mailbox, new_applicant
from tests.journeys.platform import Platform, is_ready, start, wait_until

PROGRAMMES = Path(__file__).resolve().parents[1] / "tests" / "journeys" / "programmes"
VICTIMS = (
    ("web", "gateway"), ("web", "auth"), ("web", "profile"), ("web", "review"), ("web", "notify"),
    ("events", "auth"), ("events", "profile"), ("events", "review"), ("events", "notify"),
    ("worker", "notify.mail"), ("worker", "notify.mail_urgent"),
)  # fmt: skip
SERVERS = ("valkey-server", "postgres")
APPLICANTS = 4


def main() -> None:
    """Run one seed after the other; ends with 1 where anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    given = parser.parse_args()
    sys.exit(max(_run(seed, given.seconds) for seed in given.seeds))


def _run(seed: int, seconds: int) -> int:
    """One run on a platform of its own; gives the number of faults, 1 at most."""
    with tempfile.TemporaryDirectory(prefix="juxian-chaos-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        platform = start(
            Path(folder) / "data", JUXIAN_DEMO="on", JUXIAN_LIMITS="off", JUXIAN_PROGRAMMES_PATH=str(PROGRAMMES)
        )
        try:
            return _storm(platform, seed, seconds)
        finally:
            platform.stop()


def _storm(platform: Platform, seed: int, seconds: int) -> int:
    """Work and kill side by side; then wait for calm and count."""
    office = open_offices(platform)
    until, chance = time.monotonic() + seconds, random.Random(seed)
    deaths: Counter[str] = Counter()
    killer = threading.Thread(target=_kill, args=(platform, chance, until, deaths))
    killer.start()
    with ThreadPoolExecutor(APPLICANTS) as pool:
        done = [result for work in [pool.submit(_work, platform, office, until) for _ in range(APPLICANTS)]
                for result in work.result()]  # fmt: skip
    killer.join()
    calm = time.monotonic()
    wait_until(lambda: is_ready(platform), 90, "the platform is ready again")
    faults = [fault for address, number in done for fault in _faults(Mailbox(platform.url), address, number)]
    print(
        f"seed {seed}: {len(done)} submissions through two tiers, {sum(deaths.values())} kills {dict(deaths)},"
        f" calm after {time.monotonic() - calm:.0f} s, faults {faults or 'none'}"
    )
    return int(bool(faults))


def _kill(platform: Platform, chance: random.Random, until: float, deaths: Counter[str]) -> None:
    """Kill something by chance every second or two; servers seldom."""
    while time.monotonic() < until:
        time.sleep(chance.uniform(0.5, 2.0))
        if chance.random() < 0.1:
            _kill_server(platform, chance.choice(SERVERS), deaths)
            continue
        victim = chance.choice(VICTIMS)
        for process in platform.processes(*victim)[:1]:
            process.kill()
            deaths[" ".join(victim)] += 1


def _kill_server(platform: Platform, name: str, deaths: Counter[str]) -> None:
    """Kill the broker, or the whole database, by SIGKILL."""
    for process in psutil.Process(platform.runner_id).children(recursive=True):
        try:
            if Path(process.cmdline()[0]).name == name and "-D" not in name:
                process.kill()
                deaths[name] += 1
                return
        except (psutil.Error, IndexError):
            continue


def _work(platform: Platform, office: Office, until: float) -> list[tuple[str, str]]:
    """Take one applicant after the other through filing and two approvals; gives whom to look for."""
    done = []
    while time.monotonic() < until:
        applicant = new_applicant(platform.url, "石明远", patience=90.0)
        done.append(office.approve_all(applicant))
    return done


def _faults(mailbox: Mailbox, address: str, submission: str) -> list[str]:
    """Letters that are missing or doubled: registered, filed, first tier approved, approved."""
    try:
        letters = mailbox.wait_for(address, 4, seconds=120)
    except AssertionError as error:
        return [f"{submission}: {error}"]
    subjects = Counter(letter["subject"] for letter in letters)
    return [f"{submission}: {subject} x{count}" for subject, count in subjects.items() if count > 1]


if __name__ == "__main__":
    main()
