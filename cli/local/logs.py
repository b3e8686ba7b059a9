"""The programs' logs: one file each, copied away and emptied when it has grown large."""

import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

LARGEST = 20_000_000
KEPT = 3


def rotate(folder: Path, largest: int = LARGEST) -> None:
    """Copies each log larger than `largest` bytes to NAME.log.1 (older ones move up to .3) and empties it.

    The program goes on writing to the same file, always at its end; a line written in between is lost.
    """
    for log in folder.glob("*.log"):
        if log.stat().st_size <= largest:
            continue
        for age in range(KEPT, 1, -1):
            if (older := _aged(log, age - 1)).exists():
                older.rename(_aged(log, age))
        shutil.copyfile(log, _aged(log, 1))
        with log.open("r+b") as file:
            file.truncate()


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def following(logs: Sequence[Path], every: float = 0.3) -> Iterator[tuple[str, str]]:
    """New lines of these logs as they are written, each with its process's name; ends with the reader alone."""
    return _written_since({log: _size(log) for log in logs}, every)


def _written_since(places: dict[Path, int], every: float) -> Iterator[tuple[str, str]]:
    """What comes after these places, again and again."""
    while True:
        for log, place in places.items():
            size = _size(log)
            if size != place:
                with log.open(errors="replace") as file:
                    file.seek(place if place < size else 0)  # an emptied one is read from its beginning
                    lines, places[log] = file.read().splitlines(), file.tell()
                yield from ((log.stem, line) for line in lines)
        time.sleep(every)


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def _aged(log: Path, age: int) -> Path:
    return log.with_name(f"{log.name}.{age}")
