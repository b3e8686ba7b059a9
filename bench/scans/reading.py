"""How well a labelled set reads itself: each fact of each kind of paper, wrong attention, processor seconds a page."""

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass
class Tally:
    """What came of the papers of one kind."""

    pages: int = 0
    cpu: float = 0.0
    wall: float = 0.0
    checks: int = 0
    alarmed: int = 0
    right: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)

    def add(self, paper: Paper, lines: Sequence[Line]) -> None:
        """Count one paper."""
        read = read_facts(paper.kind, lines)
        for fact, value in paper.facts.items():
            self.wanted[fact] += 1
            self.given[fact] += read.get(fact) is not None
            self.right[fact] += read.get(fact) == value
        found = cross_check(lines, paper.declared)
        wrong = [check.code for check in found if check.outcome != "passed" and check.code not in paper.asks]
        self.pages, self.checks = self.pages + 1, self.checks + len(found)
        self.alarmed += bool(wrong)
        self.alarms.update(wrong)


def run(count: int = 300, seed: int = 1) -> None:
    """Read the same papers clean and damaged."""
    reader = Reader(scans=10**6)
    _lines(reader, Image.new("RGB", (64, 64), "white"))
    measure("clean", ((paper, paper.image) for paper in papers(count, seed)), reader)
    seen = ((paper, damaged(paper.image, Random(at))) for at, paper in enumerate(papers(count, seed)))
    measure("damaged", seen, reader)
    memory = psutil.Process(reader.pid).memory_info().rss / 2**20
    print(f"\nmemory of the reading process after {2 * count} pages: {memory:.0f} MB")
    reader.close()


def measure(name: str, set_: Iterable[tuple[Paper, Image.Image]], reader: Reader) -> None:
    """Read a set, and print what came of it, kind by kind."""
    tallies: dict[str, Tally] = {}
    for paper, image in set_:
        tally = tallies.setdefault(paper.kind, Tally())
        used, started = _used(reader), time.monotonic()
        lines = _lines(reader, image)
        tally.cpu, tally.wall = tally.cpu + _used(reader) - used, tally.wall + time.monotonic() - started
        tally.add(paper, lines)
    _say(name, tallies)


def _say(name: str, tallies: Mapping[str, Tally]) -> None:
    every = tallies.values()
    pages, wanted = sum(one.pages for one in every), sum(one.wanted.total() for one in every)
    print(f"\n{name}: {pages} pages, load {os.getloadavg()[0]:.1f}")
    print(f"  facts right: {sum(one.right.total() for one in every) / wanted:.1%} of {wanted}")
    alarms, checks = sum(one.alarms.total() for one in every), sum(one.checks for one in every)
    print(f"  wrong attention: {alarms} of {checks} checks, on {sum(one.alarmed for one in every)} of {pages} pages")
    print(f"  reading: {sum(one.cpu for one in every) / pages:.2f} s of CPU a page")
    for kind, one in tallies.items():
        print(f"  {kind:12} {one.cpu / one.pages:.2f} s of CPU, {one.wall / one.pages:.2f} s a page {dict(one.alarms)}")
        for fact, all_ in one.wanted.items():
            precision = one.right[fact] / one.given[fact] if one.given[fact] else 0.0
            print(f"    {fact:12} recall {one.right[fact] / all_:6.1%} precision {precision:6.1%}")


def read_facts(kind: str, lines: Sequence[Line]) -> Mapping[str, str | None]:
    """What the facts say of a paper, named as its label names it."""
    if kind == "card_front":
        card = facts.card_front(lines)
        known = {name: getattr(card, name) for name in ("name", "gender", "ethnicity", "address", "number")}
        return {**known, "born_on": card.born_on.isoformat() if card.born_on else None}
    if kind == "card_back":
        back = facts.card_back(lines)
        days = {name: getattr(back, name) for name in ("valid_from", "valid_until")}
        return {"issued_by": back.issued_by, **{name: day.isoformat() if day else None for name, day in days.items()}}
    if kind == "passport":
        read = facts.machine_lines(lines)
        return {"number": read.number, "born": read.born, "sex": read.sex} if read else {}
    paper = facts.certificate(lines)
    dated = [found for found in facts.dates_in(lines) if found.day]
    day = f"{dated[-1].year}-{dated[-1].month:02}-{dated[-1].day:02}" if dated else None
    return {**{name: getattr(paper, name) for name in ("name", "school", "major", "degree", "number")}, "date": day}


def _used(reader: Reader) -> float:
    times = psutil.Process(reader.pid).cpu_times()
    return float(times.user + times.system)


def _lines(reader: Reader, image: Image.Image) -> tuple[Line, ...]:
    page = image.convert("RGB")
    page.thumbnail((bounds.READING_SIDE, bounds.READING_SIDE))
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(page.tobytes())
        return reader.read([Pixels(Path(file.name), page.width, page.height)], seconds=900).lines
