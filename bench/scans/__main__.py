"""`python -m bench.scans [reading|ratio|memory] [count] [seed]`: how well, how fast and how lean scans are read."""

import sys

from bench.scans import pipeline, reading

ALL = {"reading": reading.run, "ratio": pipeline.ratio, "memory": pipeline.memory}


def main() -> None:
    """Run the one that is named; reading where none is."""
    words = sys.argv[1:]
    name = words.pop(0) if words and not words[0].isdigit() else "reading"
    ALL[name](*(int(word) for word in words))


if __name__ == "__main__":
    main()
