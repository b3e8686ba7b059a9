"""Numbers as people type them; never NaN, never infinite, never larger than what a person could mean."""

import re
from decimal import Decimal

from shared.programmes.shape.faults import Unfit
from shared.programmes.shape.typing_in import folded
from shared.programmes.shape.words import Words

PLACES = 6
"""Decimal places of an amount in 万元, a 分 at the last; with nine digits before them a double is exact."""

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,30})?")
_INTEGER = Words("整数", "a whole number")
_NUMBER = Words("数字", "a number")


def whole(value: object) -> int:
    """The whole number, given as JSON number or as text; a boolean is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return int(value)
    if isinstance(value, str) and _WHOLE.fullmatch(text := folded(value)):
        return int(text)
    raise Unfit("wrong_type", expected=_INTEGER)


def exact(value: object) -> int | float:
    """The amount, given as JSON number or as text (`1,200.5` too), with six decimal places at most."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unfit("wrong_type", expected=_NUMBER)
    text = folded(value).replace(",", "") if isinstance(value, str) else _digits(value)
    if not _DECIMAL.fullmatch(text):
        raise Unfit("wrong_type", expected=_NUMBER)
    amount = Decimal(text).normalize()
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > PLACES:
        raise Unfit("too_many_decimals", limit=PLACES)
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _digits(value: float) -> str:
    """The number in plain digits; what is infinite, no number or huge gives a text that is refused."""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else "huge"
    return format(Decimal(repr(value)), "f") if abs(value) < 10**15 else "huge"
