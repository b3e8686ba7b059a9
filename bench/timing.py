"""Whether answers tell by their time, or by their words, which accounts there are (quality S5): login and reset.

Each pair of calls differs in one thing alone: whether somebody has that name. The figure is the share of pairs in
which the known name took longer (the area under the ROC curve): 0.5 tells nothing, 0.6 is the most that is borne.
"""

import os
import random
import time
from collections.abc import Callable, Sequence

import httpx

from bench.figures import percentile
from bench.world import World
from tests.journeys.people import Someone, new_applicant

KNOWN = 25
TRIES = 9
"""Of each name, before it is locked for a quarter of an hour."""
ROUNDS = 3
UNLOCKED_AFTER = 16 * 60
SAMPLES = 500
WORST = 0.60
SAME = ("content-type", "retry-after", "www-authenticate")
Ask = Callable[[str], httpx.Response]


def run(world: World) -> None:
    """Measure both doors."""
    visitor = Someone(world.platform.url)
    known = [new_applicant(world.platform.url).username for _ in range(KNOWN)]
    unknown = [f"applicant{number}{name[-6:]}" for number, name in enumerate(known, 900)]

    def log_in(username: str) -> httpx.Response:
        """A login with a wrong password."""
        return visitor.http.post("/api/v1/sessions", json={"username": username, "password": "Luhe-Qingtian-78"})

    def reset(username: str) -> httpx.Response:
        """A reset with an address that is not the account's."""
        body = {"username": username, "email": f"{username}@other.test"}
        return visitor.http.post("/api/v1/password-resets", json=body)

    def unlock() -> None:
        """Let the time pass after which locked names are open again."""
        answer = visitor.http.post("/dev/clock", json={"advance_seconds": UNLOCKED_AFTER})
        assert answer.status_code == 204, answer.text

    names = [pair for pair in zip(known, unknown, strict=True) for _ in range(TRIES)]
    _measure("login: known to unknown name", log_in, [names] * ROUNDS, unlock)
    _measure("reset: known to unknown name", reset, [(names * 3)[:SAMPLES]], unlock)


def _measure(what: str, ask: Ask, rounds: Sequence[list[tuple[str, str]]], between: Callable[[], None]) -> None:
    """Ask about known and unknown names in turn, each pair in an order by chance, and print how far they differ."""
    chance = random.Random(5)
    times: tuple[list[float], list[float]] = ([], [])
    told: tuple[set[object], set[object]] = (set(), set())
    for names in rounds:
        between()
        chance.shuffle(names)
        for pair in names:
            for side in chance.sample((0, 1), 2):
                start = time.perf_counter()
                answer = ask(pair[side])
                times[side].append((time.perf_counter() - start) * 1000)
                said = tuple(answer.headers.get(name) for name in SAME)
                told[side].add((answer.status_code, said, answer.text.replace(pair[side], "…")))
    share = area(*times)
    print(
        f"{what:<52} n={len(times[0]):<5} p50={percentile(times[0], 0.5):6.1f} / {percentile(times[1], 0.5):6.1f} ms"
        f"  AUC {share:.3f}  answers {'alike' if told[0] == told[1] else 'DIFFER'}   load {os.getloadavg()[0]:.1f}"
    )
    assert told[0] == told[1], told
    assert max(share, 1 - share) <= WORST, share


def area(ones: Sequence[float], others: Sequence[float]) -> float:
    """The share of pairs (one, other) in which the one is larger, ties counted half (Mann and Whitney)."""
    ranked = sorted([(value, True) for value in ones] + [(value, False) for value in others])
    ranks = sum(place for place, (_value, is_one) in enumerate(ranked, 1) if is_one)
    return (ranks - len(ones) * (len(ones) + 1) / 2) / (len(ones) * len(others))
