"""The two sides of the resident identity card (GA 450): what stands beside its printed words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.profile.scanning.facts.numbers import citizen_numbers
from services.profile.scanning.facts.page import folded, joined
from services.profile.scanning.outcome import Line

_SEX = re.compile(r"性别?([男女])")
_BORN = re.compile(r"出?生?((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日?")
_NATION = re.compile(r"民族([\u4e00-\u9fff]{1,5})")
_NAME = re.compile(r"^姓?名([\u4e00-\u9fff·]{2,25})$")
_NAME_ALONE = re.compile(r"^[\u4e00-\u9fff·]{2,25}$")
_ADDRESS = re.compile(r"住址(.+?)(?:公民身份|[0-9]{17}[0-9X]|$)")
_UNTIL = re.compile(r"(\d{4})\.?(\d\d)\.?(\d\d)[-—~至]+(?:(\d{4})\.?(\d\d)\.?(\d\d)|(长期))")
_SIMPLE = str.maketrans("漢滿壯", "汉满壮")


@dataclass(frozen=True, slots=True)
class CardFront:
    """The side with the face; None for what could not be read."""

    name: str | None
    gender: str | None
    """As GB/T 2261.1 codes it."""
    ethnicity: str | None
    born_on: date | None
    address: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class CardBack:
    """The side with the emblem; `valid_until` is None for a card without end, too."""

    issued_by: str | None
    valid_from: date | None
    valid_until: date | None
    is_long_term: bool = False


def card_front(lines: Sequence[Line]) -> CardFront:
    """Read the front of a card."""
    text = joined(lines)
    sex, nation, address = _SEX.search(text), _NATION.search(text), _ADDRESS.search(text)
    born = _BORN.search(text)
    number = next((found for found, _place in citizen_numbers(lines)), None)
    return CardFront(
        name=_name([folded(line.text) for line in lines]),
        gender={"男": "1", "女": "2"}[sex[1]] if sex else None,
        ethnicity=nation[1].split("出")[0].translate(_SIMPLE) if nation else None,
        born_on=_day(*born.groups()) if born else None,
        address=address[1] if address else None,
        number=number,
    )


def _name(texts: Sequence[str]) -> str | None:
    """What stands behind 姓名, or in the line after it."""
    for at, text in enumerate(texts):
        if beside := _NAME.match(text):
            return beside[1]
        if text in {"姓名", "名"}:
            near = (*texts[at + 1 : at + 2], *texts[max(0, at - 1) : at])
            return next((one for one in near if _NAME_ALONE.match(one) and not _SEX.match(one)), None)
    return None


def card_back(lines: Sequence[Line]) -> CardBack:
    """Read the back of a card."""
    text = "\n".join(folded(line.text) for line in lines)
    issued = re.search(r"签发机关\n?(.+)", text)
    valid = _UNTIL.search(text)
    return CardBack(
        issued_by=issued[1] if issued else None,
        valid_from=_day(*valid.groups()[:3]) if valid else None,
        valid_until=_day(*valid.groups()[3:6]) if valid and valid[4] else None,
        is_long_term=bool(valid and valid[7]),
    )


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
