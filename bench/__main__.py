"""Runs the benchmarks against a platform of their own: `make bench`, or `make bench ARGS=letters`."""

import sys

from bench import counts, doors, flood, imports, letters, timing
from bench.world import running

ALL = {
    "letters": letters.run, "flood": flood.run, "doors": doors.run, "counts": counts.run, "imports": imports.run,
    "timing": timing.run,
}  # fmt: skip


def main() -> None:
    """Run those that are named, or all."""
    wanted = sys.argv[1:] or list(ALL)
    with running() as world:
        for name in wanted:
            ALL[name](world)


if __name__ == "__main__":
    main()
