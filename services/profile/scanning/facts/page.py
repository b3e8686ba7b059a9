"""Lines as one text: folded so that widths and spaces do not matter, with the way back to the place on the page."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from services.profile.scanning.outcome import Box, Line

_DROPPED = " \u3000\t·•・.,，。"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: page (from 1) and box."""

    page: int
    box: Box


def folded(text: str) -> str:
    """Full width to half, small letters to capitals, no spaces; a character for a character but for those."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def bare(text: str) -> str:
    """The same without dots and commas between the parts of a name."""
    return "".join(character for character in folded(text) if character not in _DROPPED)


def pages(lines: Sequence[Line]) -> Iterator[tuple[int, list[Line]]]:
    """Lines by page."""
    for page, group in groupby(sorted(lines, key=lambda line: line.page), key=lambda line: line.page):
        yield page, list(group)


def joined(lines: Sequence[Line]) -> str:
    """All lines of a document as one folded text, in the order in which they were read."""
    return "".join(folded(line.text) for line in lines)


def find(lines: Sequence[Line], wanted: str) -> Place | None:
    """Where a text stands, in one line or running over into the next; None where it does not."""
    needle = bare(wanted)
    if not needle:
        return None
    for line in lines:
        at = bare(line.text).find(needle)
        if at >= 0:
            return part(line, at, at + len(needle))
    return _running_over(lines, needle)


def _running_over(lines: Sequence[Line], needle: str) -> Place | None:
    for page, group in pages(lines):
        texts = [bare(line.text) for line in group]
        at = "".join(texts).find(needle)
        if at >= 0:
            for line, text in zip(group, texts, strict=True):
                if at < len(text):
                    return Place(page, part(line, at, len(text)).box)
                at -= len(text)
    return None


def part(line: Line, start: int, end: int) -> Place:
    """The place of some characters of a line, by their usual widths; a line that lies on its side is given whole."""
    box = line.box
    widths = [1 if character.isascii() else 2 for character in bare(line.text)]
    whole = sum(widths)
    if not whole or box.height > box.width or end > len(widths):
        return Place(line.page, box)
    left, wide = sum(widths[:start]) / whole, sum(widths[start:end]) / whole
    return Place(line.page, Box(round(box.x + left * box.width, 4), box.y, round(wide * box.width, 4), box.height))
