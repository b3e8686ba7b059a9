"""The two sides of the resident identity card (GA 450): what stands beside its printed words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.profile.scanning.facts.numbers import citizen_numbers
from services.profile.scanning.facts.page import folded, joined
from services.profile.scanning.outcome import Line
from shared.programmes.facts import ethnicities

_SIMPLE = str.maketrans("漢滿壯", "汉满壮")
_NATIONS = [choice.title.zh.removesuffix("族") for choice in ethnicities()]
_SEX = re.compile(r"性别?([男女])")
_BORN = re.compile(r"出?生?((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日?")
_NATION = re.compile(r"民族(" + "|".join(sorted(_NATIONS, key=len, reverse=True)) + r"|[\u4e00-\u9fff]{1,5})")
_NAME = re.compile(r"^姓?名([\u4e00-\u9fff·]{2,25})$")
_LABELLED = re.compile(r"性别|民族|出生|住址|公民")
_NAME_ALONE = re.compile(r"^[\u4e00-\u9fff·]{2,25}$")
_ADDRESS = re.compile(r"住址?(.*)$")
_AFTER_ADDRESS = re.compile(r"公民身份|身份号码|[0-9]{15}")
_STRAY = re.compile(r"(?<=[室号组村户幢])[^室号组村户幢]{1,4}$")
"""A few characters of a seal behind the end of an address."""
_INDENT = 0.1
"""Of the page: how far a line of the address may begin from where its first does."""
_UNTIL = re.compile(r"(\d{4})\.?(\d\d)\.?(\d\d)[-—~至]+(?:(\d{4})\.?(\d\d)\.?(\d\d)|(长期))")


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
    sex, nation = _SEX.search(text), _NATION.search(text.translate(_SIMPLE))
    born = _BORN.search(text)
    number = next((found for found, _place in citizen_numbers(lines)), None)
    return CardFront(
        name=_name([folded(line.text) for line in lines]),
        gender={"男": "1", "女": "2"}[sex[1]] if sex else None,
        ethnicity=nation[1].split("出")[0] if nation else None,
        born_on=_day(*born.groups()) if born else None,
        address=_address(lines),
        number=number,
    )


def _name(texts: Sequence[str]) -> str | None:
    """What stands behind 姓名, or in the line after it."""
    for at, text in enumerate(texts):
        if beside := _NAME.match(text):
            return beside[1]
        if text in {"姓名", "名"}:
            near = (*texts[at + 1 : at + 2], *texts[max(0, at - 1) : at])
            return next((one for one in near if _NAME_ALONE.match(one) and not _LABELLED.match(one)), None)
    return None


def _address(lines: Sequence[Line]) -> str | None:
    """What stands beside 住址 and in the lines under it; what a seal wrote among them does not belong to it."""
    parts: list[Line] = []
    for line in lines:
        text = folded(line.text)
        if parts and _AFTER_ADDRESS.search(text):
            break
        if parts or text.startswith("住"):
            parts.append(line)
    if not parts:
        return None
    first = _ADDRESS.search(folded(parts[0].text))
    said = first[1] if first else ""
    left = parts[1].box.x if not said and len(parts) > 1 else None
    for line in parts[1:]:
        left = line.box.x if left is None else left
        if abs(line.box.x - left) <= _INDENT:
            said += folded(line.text)
    return _STRAY.sub("", said) or None


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
