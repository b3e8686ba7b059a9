"""The number of the resident identity card (GB 11643-1999).

Six digits of address, eight of birth date, three of sequence (odd male, even female), one check character by
ISO 7064 MOD 11-2. The address is where the person was first registered: a hint, never a reason to refuse.
"""

import re
from datetime import date

LENGTH = 18
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FORM = re.compile(r"[0-9]{17}[0-9X]")
_FIRST_YEAR = 1900


def check_digit(body: str) -> str:
    """The 18th character for the first seventeen digits."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % len(_CHECKS)]


def birth_date(number: str) -> date:
    """The birth date that the number holds; ValueError where no calendar has it."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def gender(number: str) -> str:
    """The gender that the number holds, as GB/T 2261.1 codes it: `1` male, `2` female."""
    return "1" if int(number[16]) % 2 else "2"


def fault(number: str) -> str | None:
    """What is wrong with a number in upper case, length, birth date or check digit; null where nothing is."""
    if not _FORM.fullmatch(number):
        return "id_number_length" if len(number) != LENGTH else "id_number_form"
    try:
        born = birth_date(number)
    except ValueError:
        return "id_number_birth_date"
    if born.year < _FIRST_YEAR:
        return "id_number_birth_date"
    return None if check_digit(number[:17]) == number[17] else "id_number_checksum"
