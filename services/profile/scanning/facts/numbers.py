"""Numbers of resident identity cards on a page, as the OCR reads them: with a letter for a digit now and then."""

import re
from collections.abc import Iterator, Sequence

from services.profile.scanning.facts.page import Place, bare, part
from services.profile.scanning.outcome import Line
from shared.programmes.facts import citizen_id

_RUN = re.compile(r"(?<![0-9A-Z])[0-9OILBSZ]{17}[0-9XOILBSZ](?![0-9A-Z])")
_LOOK_ALIKE = str.maketrans("OILBSZ", "011852")
_MOST_MISREAD = 1


def citizen_numbers(lines: Sequence[Line]) -> Iterator[tuple[str, Place]]:
    """Every run of 18 that looks like such a number, each with its place; its check digit may be wrong."""
    for line in lines:
        for run in _RUN.finditer(bare(line.text)):
            yield run.group().translate(_LOOK_ALIKE), part(line, run.start(), run.end())


def resembles(read: str, declared: str) -> bool:
    """Whether a number that cannot be right was misread from the declared one, which can: one character differs."""
    if len(read) != len(declared) or citizen_id.fault(read) is None or citizen_id.fault(declared) is not None:
        return False
    return sum(one != other for one, other in zip(read, declared, strict=True)) <= _MOST_MISREAD
