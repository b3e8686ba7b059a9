"""How the value of each type of field is read: what was typed in, the JSON value that is kept out."""

import re
from collections.abc import Callable
from typing import Protocol, TypeAlias

from shared.programmes.shape import dates, numbers
from shared.programmes.shape.faults import Unfit
from shared.programmes.shape.typing_in import folded, is_blank, plain
from shared.programmes.shape.words import Choice, Json, Words

SCANS = 5
"""How many scans one field takes."""

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_PHONE = re.compile(r"\+?[0-9][0-9-]{4,22}[0-9]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_ABROAD = re.compile(r"\+[1-9][0-9]{6,14}")
_ID_NUMBER = re.compile(r"[A-Z0-9]{5,18}")
_TRUE, _FALSE = frozenset({"true", "on", "是"}), frozenset({"false", "off", "否"})
_YES_OR_NO = Words("是或否", "yes or no")
_LIST = Words("编号列表", "a list of ids")


class Limits(Protocol):
    """What a reader may ask of its field."""

    @property
    def max_length(self) -> int | None:
        """Characters at most; null where the type knows no such limit."""

    @property
    def minimum(self) -> int | None:
        """The smallest number that is taken."""

    @property
    def maximum(self) -> int | None:
        """The largest number that is taken."""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What a choice offers."""


Reader: TypeAlias = Callable[[object, Limits], Json]


def text(value: object, limits: Limits) -> str:
    """One line of text."""
    return _no_longer(plain(value), limits)


def long_text(value: object, limits: Limits) -> str:
    """Text of several lines."""
    return _no_longer(plain(value, lines=True), limits)


def day(value: object, _limits: Limits) -> str:
    """A date, kept as YYYY-MM-DD."""
    return dates.written(value).isoformat()


def boolean(value: object, _limits: Limits) -> bool:
    """True or false; the words true, on, 是 and false, off, 否 as pages send them; never a number."""
    if isinstance(value, bool):
        return value
    word = folded(value, keep=str.lower) if isinstance(value, str) else ""
    if word not in _TRUE | _FALSE:
        raise Unfit("wrong_type", expected=_YES_OR_NO)
    return word in _TRUE


def integer(value: object, limits: Limits) -> int:
    """A whole number within the field's range."""
    number = numbers.whole(value)
    _check_range(number, limits)
    return number


def decimal(value: object, limits: Limits) -> int | float:
    """An amount within the field's range."""
    amount = numbers.exact(value)
    _check_range(amount, limits)
    return amount


def choice(value: object, limits: Limits) -> str:
    """The value of one of the choices."""
    chosen = folded(value)
    if chosen not in {offered.value for offered in limits.choices}:
        raise Unfit("not_a_choice")
    return chosen


def email(value: object, limits: Limits) -> str:
    """An address in ASCII; nothing is asked of the network."""
    address = _no_longer(folded(value), limits)
    if not _MAIL.fullmatch(address) or ".." in address or address.startswith(".") or ".@" in address:
        raise Unfit("not_an_email")
    return address


def phone(value: object, _limits: Limits) -> str:
    """Any telephone: digits with dashes, from 6 to 24 characters, with or without a country code."""
    number = folded(value).replace("(", "").replace(")", "-")
    if not _PHONE.fullmatch(number):
        raise Unfit("not_a_phone")
    return number


def mobile(value: object, _limits: Limits) -> str:
    """A mainland mobile number of 11 digits (+86 is dropped), or one from abroad in the form of E.164."""
    number = folded(value).replace("-", "").removeprefix("+86")
    if not (_MOBILE.fullmatch(number) or _ABROAD.fullmatch(number)):
        raise Unfit("not_a_mobile")
    return number


def id_number(value: object, _limits: Limits) -> str:
    """Letters and digits, upper case; the rule of the document is judged where its kind is known."""
    number = folded(value, keep=str.upper)
    if not _ID_NUMBER.fullmatch(number):
        raise Unfit("not_an_id_number")
    return number


def reference(value: object, _limits: Limits) -> str:
    """The id (UUID) of an organization or of one scan."""
    named = folded(value, keep=str.lower) if isinstance(value, str) else ""
    if not _ID.fullmatch(named):
        raise Unfit("not_an_id")
    return named


def references(value: object, limits: Limits) -> list[str]:
    """The ids of up to five scans, each once, in the order given."""
    if not isinstance(value, list | tuple):
        raise Unfit("wrong_type", expected=_LIST)
    if len(value) > SCANS:
        raise Unfit("too_many_scans", limit=SCANS)
    named = [reference(one, limits) for one in value if not is_blank(one)]
    if len(set(named)) < len(named):
        raise Unfit("scan_twice")
    return named


def _no_longer(text: str, limits: Limits) -> str:
    if limits.max_length is not None and len(text) > limits.max_length:
        raise Unfit("too_long", limit=limits.max_length, length=len(text))
    return text


def _check_range(number: float, limits: Limits) -> None:
    low, high = limits.minimum, limits.maximum
    if low is not None and high is not None and not low <= number <= high:
        raise Unfit("out_of_range", minimum=low, maximum=high)
