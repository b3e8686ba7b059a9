"""What was measured, as people read it."""

import os
import statistics
import time
from collections.abc import Callable, Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of all values lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def said(name: str, values: Sequence[float], unit: str = "ms") -> None:
    """Print count, median, 90th and 99th percentile and maximum."""
    print(
        f"{name:<52} n={len(values):<5} p50={percentile(values, 0.5):8.1f} p90={percentile(values, 0.9):8.1f}"
        f" p99={percentile(values, 0.99):8.1f} max={max(values):8.1f} {unit}   load {os.getloadavg()[0]:.1f}"
    )


def in_turn(name: str, ours: Callable[[], None], floor: Callable[[], None], *, pairs: int = 7, calls: int = 60) -> None:
    """Run both alternately (A B A B …) and print the median of the pairs' ratios: ours to the floor, in time a call."""
    ratios, times = [], ([], [])
    ours()
    floor()
    for _ in range(pairs):
        spent = []
        for which, call in enumerate((ours, floor)):
            start = time.perf_counter()
            for _ in range(calls):
                call()
            spent.append((time.perf_counter() - start) / calls * 1000)
            times[which].append(spent[-1])
        ratios.append(spent[0] / spent[1])
    print(
        f"{name:<52} ours {statistics.median(times[0]):7.2f} ms  floor {statistics.median(times[1]):7.2f} ms"
        f"  ratio {statistics.median(ratios):5.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        f"   load {os.getloadavg()[0]:.1f}"
    )
