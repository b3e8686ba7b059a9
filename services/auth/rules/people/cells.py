"""One cell: the text that somebody typed, or what the spreadsheet made of it."""

import re
from datetime import date, time, timedelta

from services.auth.rules.people.table import Cell, Odd
from services.auth.rules.people.troubles import Trouble

UNSAFE = re.compile("[\x00-\x1f\x7f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
AROUND = " \t\r\n\u3000\u00a0\ufeff\u200b'"
"""What is taken off both ends: blanks of every width, and the apostrophe that marks text."""
LONGEST = {"name": 60, "id_number": 40, "mobile": 40, "email": 254, "employer": 200, "id_type": 40}
EXACT = 10**15
"""Whole numbers below are exact in a spreadsheet's cell."""


def text_of(cell: Cell, field: str, heading: str) -> tuple[str, Trouble | None]:
    """The cell's text without blanks around it, and what is wrong with it; a mobile number may be a number."""
    if cell is None or isinstance(cell, str):
        text = (cell or "").strip(AROUND)
        trouble = _trouble(text, field, heading)
        return ("" if trouble else text), trouble
    if field == "mobile" and isinstance(cell, int | float) and cell == cell // 1 and 1 < cell < EXACT:
        return str(int(cell)), None
    return "", _odd(cell, heading, field)


def _trouble(text: str, field: str, heading: str) -> Trouble | None:
    """What is wrong with any text in a cell."""
    said = (("column", heading),)
    if ERROR.fullmatch(text):
        return Trouble("cell_is_error", field, said)
    if UNSAFE.search(text):
        return Trouble("cell_characters", field, said)
    if len(text) > LONGEST[field]:
        return Trouble("cell_too_long", field, (*said, ("maximum", LONGEST[field])))
    return Trouble("cell_masked", field, said) if "*" in text or "＊" in text else None


def _odd(cell: Cell, heading: str, field: str) -> Trouble:
    """What a cell is that holds no text."""
    if isinstance(cell, Odd):
        code = f"cell_is_{cell.value}"
    elif isinstance(cell, bool):
        code = "cell_is_yes_or_no"
    elif isinstance(cell, date | time | timedelta):
        code = "cell_is_date"
    elif field == "id_number":
        return Trouble("id_number_is_number", field)
    else:
        code = "mobile_rounded" if field == "mobile" else "cell_is_number"
    return Trouble(code, field, (("column", heading),))
