"""What a page is told by when somebody else uploads the same: what is printed on it, or what it looks like.

Two papers of one printer differ by less, to a perceptual hash, than two photographs of the same paper. So a page with
text is told by the numbers on it, which belong to one person, and a picture without text by its looks.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from services.profile.scanning import facts
from services.profile.scanning.facts import Document
from services.profile.scanning.facts.page import bare
from services.profile.scanning.outcome import Line

_NUMBER: Final = re.compile(r"[A-Z0-9]{8,30}")
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_CREDIT_CODE: Final = re.compile(r"(?!\d{17}[\dX]$)[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
"""GB 32100: of an organization, and so on the papers of all who work there."""
_DAYS: Final = re.compile(r"(?:(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d){1,2}")
_SEVERAL: Final = 6
"""Digits that a number must have to be nobody else's."""
_TEXT: Final = 12
"""Characters from which on a page has text."""
_BANDS: Final = 16
_BAND: Final = 8
"""Hex digits of each."""
_LEAST_BANDS: Final = 4


def words_on(lines: Sequence[Line]) -> frozenset[str]:
    """The numbers on a page that belong to one person; where there are none, its name with its last day.

    Empty for what many people's papers share: the back of a card, a cover, an instruction.
    """
    if Document.CARD_BACK in facts.document(lines) and Document.CARD_FRONT not in facts.document(lines):
        return frozenset()
    numbers = frozenset(_numbers(lines))
    if numbers:
        return numbers
    name, days = facts.certificate(lines).name, [found for found in facts.dates_in(lines) if found.day]
    if not name or not days:
        return frozenset()
    last = days[-1]
    return frozenset({f"{name} {date(last.year, last.month, last.day or 1).isoformat()}"})


def _numbers(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        for found in _NUMBER.findall(bare(line.text).replace("-", "")):
            if sum(character.isdigit() for character in found) < _SEVERAL:
                continue
            if not any(pattern.fullmatch(found) for pattern in (_MOBILE, _CREDIT_CODE, _DAYS)):
                yield found


def has_text(lines: Sequence[Line]) -> bool:
    """Whether a page is told by its text rather than by its looks."""
    return sum(len(line.text) for line in lines) > _TEXT


def bands_of(looks: str) -> tuple[str, ...]:
    """The parts of a picture's hash that a near copy shares at least one of; none for a page with nothing on it.

    Two hashes that differ in 12 of 512 bits have 4 of 16 parts in common, wherever the bits lie.
    """
    parts = (looks[at * _BAND : (at + 1) * _BAND] for at in range(_BANDS))
    bands = tuple(f"{at}:{part}" for at, part in enumerate(parts) if part.strip("0"))
    return bands if len(bands) >= _LEAST_BANDS else ()
