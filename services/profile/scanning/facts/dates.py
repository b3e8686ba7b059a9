"""Dates on a page: 2022年11月8日, 2022.11.08, 2022-11-8, 二〇二二年十一月八日, and months alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.profile.scanning.facts.page import Place, folded, pages
from services.profile.scanning.outcome import Line

_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_HAN = "〇○零O一二三四五六七八九十"
_PATTERN = re.compile(
    r"(?<![1-9A-Z\-])((?:19|20)\d\d)\n?年\n?(\d{1,2})\n?月/?(?:\n?(\d{1,2})\n?日)?"
    r"|(?<![\dA-Z\-])((?:19|20)\d\d)[.\-/](\d{1,2})(?:[.\-/](\d{1,2}))?(?!\d|[.\-/]\d(?!\d{3}))"
    rf"|([{_HAN}]{{4}})年\n?([{_HAN}]{{1,3}})月(?:\n?([{_HAN}]{{1,3}})日)?"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date on a page; `day` is None where it names a month alone."""

    year: int
    month: int
    day: int | None
    place: Place

    def agrees(self, declared: date) -> bool:
        """Whether it is the declared date; a month alone, on either side, is compared by the month."""
        same_month = (self.year, self.month) == (declared.year, declared.month)
        return same_month and (self.day in {None, declared.day} or declared.day == 1)


def dates_in(lines: Sequence[Line]) -> Iterator[Dated]:
    """Every date that a calendar has, in the order of the lines; one may run over from a line into the next."""
    for page, group in pages(lines):
        texts = [folded(line.text) for line in group]
        for found in _PATTERN.finditer("\n".join(texts)):
            parts = _read(found)
            if parts:
                yield Dated(*parts, Place(page, _line_at(group, texts, found.start()).box))


def _read(found: re.Match[str]) -> tuple[int, int, int | None] | None:
    year, month, day = (next((one for one in found.groups()[at::3] if one), None) for at in range(3))
    if year is None or month is None:
        return None
    return _checked(int(year.replace("十", "1").translate(_DIGITS)), _small(month), _small(day) if day else None)


def _checked(year: int, month: int, day: int | None) -> tuple[int, int, int | None] | None:
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return year, month, day


def _small(text: str) -> int:
    """A number up to 39 in 汉字."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(tens.translate(_DIGITS))
    return int((tens or "1").translate(_DIGITS)) * 10 + int((ones or "0").translate(_DIGITS))


def _line_at(group: Sequence[Line], texts: Sequence[str], at: int) -> Line:
    for line, text in zip(group, texts, strict=True):
        if at <= len(text):
            return line
        at -= len(text) + 1
    return group[-1]
