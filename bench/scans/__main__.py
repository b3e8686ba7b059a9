"""`python -m bench.scans [count] [seed]`: recall of each fact, wrong attention, processor seconds a page."""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random

import psutil
from PIL import Image

from bench.scans.damage import damaged
from bench.scans.papers import Paper, papers
from services.profile.scanning import bounds, facts
from services.profile.scanning.crosscheck import cross_check
from services.profile.scanning.outcome import Line, Pixels
from services.profile.scanning.reading.reader import Reader


def read_facts(kind: str, lines: tuple[Line, ...]) -> Mapping[str, str | None]:
    """What the facts say of a paper, named as its label names it."""
    if kind == "card_front":
        card = facts.card_front(lines)
        known = {name: getattr(card, name) for name in ("name", "gender", "ethnicity", "address", "number")}
        return {**known, "born_on": card.born_on.isoformat() if card.born_on else None}
    if kind == "passport":
        read = facts.machine_lines(lines)
        return {"number": read.number, "born": read.born, "sex": read.sex} if read else {}
    paper = facts.certificate(lines)
    days = [found for found in facts.dates_in(lines) if found.day]
    day = f"{days[-1].year}-{days[-1].month:02}-{days[-1].day:02}" if days else None
    known = {name: getattr(paper, name) for name in ("name", "school", "major", "degree", "number")}
    return {**known, "date": day}


def measure(name: str, set_: list[tuple[Paper, Image.Image]], reader: Reader) -> None:
    """Read a set, and print what came of it."""
    right: Counter[tuple[str, str]] = Counter()
    given: Counter[tuple[str, str]] = Counter()
    wanted: Counter[tuple[str, str]] = Counter()
    alarms: Counter[tuple[str, str]] = Counter()
    alarmed, checks = 0, 0
    started, used = time.monotonic(), _used(reader)
    for paper, image in set_:
        lines = _lines(reader, image)
        read = read_facts(paper.kind, lines)
        for fact, value in paper.facts.items():
            wanted[paper.kind, fact] += 1
            given[paper.kind, fact] += read.get(fact) is not None
            right[paper.kind, fact] += read.get(fact) == value
        found = cross_check(lines, paper.declared)
        asking = [check.code for check in found if check.outcome != "passed"]
        checks, alarmed = checks + len(found), alarmed + bool(asking)
        alarms.update((paper.kind, code) for code in asking)
    print(f"\n{name}: {len(set_)} pages, {sum(right.values()) / sum(wanted.values()):.1%} of facts right")
    for key in wanted:
        precision = right[key] / given[key] if given[key] else 0.0
        print(f"  {key[0]:12} {key[1]:10} recall {right[key] / wanted[key]:6.1%} precision {precision:6.1%}")
    print(f"  wrong attention: {alarms.total()} of {checks} checks, on {alarmed} of {len(set_)} pages {dict(alarms)}")
    cpu, wall = (_used(reader) - used) / len(set_), (time.monotonic() - started) / len(set_)
    print(f"  reading: {cpu:.2f} s of CPU and {wall:.2f} s a page")


def _used(reader: Reader) -> float:
    times = psutil.Process(reader.pid).cpu_times()
    return float(times.user + times.system)


def _lines(reader: Reader, image: Image.Image) -> tuple[Line, ...]:
    page = image.convert("RGB")
    page.thumbnail((bounds.READING_SIDE, bounds.READING_SIDE))
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(page.tobytes())
        return reader.read([Pixels(Path(file.name), page.width, page.height)], seconds=120).lines


def main() -> None:
    """Read the same papers clean and damaged."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    reader = Reader(scans=10**6)
    _lines(reader, Image.new("RGB", (64, 64), "white"))
    drawn = list(papers(count, seed))
    measure("clean", [(paper, paper.image) for paper in drawn], reader)
    measure("damaged", [(paper, damaged(paper.image, Random(at))) for at, paper in enumerate(drawn)], reader)
    memory = psutil.Process(reader.pid).memory_info().rss / 2**20
    print(f"\nmemory of the reading process after {2 * count} pages: {memory:.0f} MB")
    reader.close()


if __name__ == "__main__":
    main()
