"""`python -m bench.scans [reading|ratio|memory|prints] [count] [seed]`: how well, fast and lean scans are read."""

import sys

from bench.scans import pipeline, prints, reading

ALL = {"reading": reading.run, "ratio": pipeline.ratio, "memory": pipeline.memory, "prints": prints.run}


def main() -> None:
    """Run the one that is named; reading where none is."""
    words = sys.argv[1:]
    name = words.pop(0) if words and not words[0].isdigit() else "reading"
    ALL[name](*(int(word) for word in words))


if __name__ == "__main__":
    main()
