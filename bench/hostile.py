"""A thousand bad files through a running platform: each ends in time, with a sentence, and nothing dies of it.

`make hostile`, or `make hostile ARGS="--count 200 --seed 3"`. Good scans of
somebody else are uploaded meanwhile, to see what they wait.
"""

import argparse
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx
import psutil

from bench.figures import said
from bench.world import running
from tests.builders import files
from tests.builders.mutations import corpus
from tests.journeys.people import API, Someone, new_applicant
from tests.journeys.platform import Platform

_AT_ONCE = 4
_PATIENCE = 120.0
"""Seconds after which a file is given up; a minute is what each may take."""
_MINUTE = 60.0
_REFUSED_AT_THE_DOOR = {413, 415, 422}
_SERVER_ERROR = 500


@dataclass
class Seen:
    """What became of the files."""

    ends: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    innocent: list[float] = field(default_factory=list)


def main() -> None:
    """Run it; ends with 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with running() as world:
        sys.exit(_run(world.platform, given.count, given.seed))


def _run(platform: Platform, count: int, seed: int) -> int:
    """Upload, wait, count; gives 1 where there was a fault."""
    seen, done = Seen(), threading.Event()
    people = [new_applicant(platform.url, name) for name in ("石明远", "周晓燕", "李建国", "王秀英")]
    _one(people[0], "warming up", files.jpeg(), Seen())
    before, held = _workers(platform), _memory(platform)
    good = threading.Thread(target=_innocent, args=(new_applicant(platform.url, "赵敏"), done, seen))
    good.start()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for at, (name, data) in enumerate(corpus(count, seed)):
            pool.submit(_one, people[at % len(people)], name, data, seen)
    done.set()
    good.join()
    after = _workers(platform)
    if before != after:
        seen.faults.append(f"workers {before} became {after}")
    _say(seen, held, _memory(platform))
    return int(bool(seen.faults))


def _one(someone: Someone, name: str, data: bytes, seen: Seen) -> None:
    """Upload one file and see it end."""
    try:
        started = time.monotonic()
        end = _end(someone, name, data, seen)
        seen.seconds.append(time.monotonic() - started)
        seen.ends[end] += 1
        if seen.seconds[-1] > _MINUTE:
            seen.faults.append(f"{name}: took {seen.seconds[-1]:.0f} s")
    except (httpx.HTTPError, AssertionError) as error:
        seen.faults.append(f"{name}: {type(error).__name__} {error}"[:300])


def _end(someone: Someone, name: str, data: bytes, seen: Seen) -> str:
    """How it ended: refused at the door, or ready or rejected in the end."""
    answer = someone.http.post(f"{API}/scans", files={"file": ("扫描件.pdf", data)}, data={"purpose": "proof"})
    if answer.status_code != 202:
        if answer.status_code not in _REFUSED_AT_THE_DOOR or not answer.json()["detail"]:
            seen.faults.append(f"{name}: {answer.status_code} at the door")
        return f"{answer.status_code} {answer.json()['code']}"
    scan_id, deadline = answer.json()["scan_id"], time.monotonic() + _PATIENCE
    scan = {"status": "received"}
    while time.monotonic() < deadline:
        scan = someone.get(f"/scans/{scan_id}")
        if scan["status"] in {"ready", "rejected"}:
            if scan["status"] == "rejected" and not scan["reason"]:
                seen.faults.append(f"{name}: rejected without a sentence")
            return scan["status"] if scan["status"] == "ready" else f"rejected {scan['code']}"
        time.sleep(0.1)
    seen.faults.append(f"{name}: still {scan['status']} after {_PATIENCE:.0f} s")
    return "unended"


def _innocent(someone: Someone, done: threading.Event, seen: Seen) -> None:
    """Upload a good scan now and then, as somebody else."""
    while not done.wait(5):
        started = time.monotonic()
        someone.upload(files.jpeg(), "diploma.jpg", "proof")
        seen.innocent.append(time.monotonic() - started)


def _workers(platform: Platform) -> list[int]:
    """The workers of scans and their pools, which must be the same at the end; their helpers may be replaced."""
    return sorted(one.pid for one in platform.processes("worker", "profile.scans"))


def _memory(platform: Platform) -> float:
    """Megabytes of these workers and of all that they have started."""
    family = {
        one
        for worker in platform.processes("worker", "profile.scans")
        for one in [worker, *worker.children(recursive=True)]
    }
    return float(sum(one.memory_info().rss for one in family if psutil.pid_exists(one.pid))) / 2**20


def _say(seen: Seen, before: float, after: float) -> None:
    """Print what was seen."""
    for end, count in seen.ends.most_common():
        print(f"  {count:5} {end}")
    said("upload to end", [1000 * one for one in seen.seconds])
    if seen.innocent:
        said("somebody else's good scan meanwhile", [1000 * one for one in seen.innocent])
    print(f"memory of the workers: {before:.0f} MB before, {after:.0f} MB after")
    print("\n".join(seen.faults) if seen.faults else "no fault")


if __name__ == "__main__":
    main()
