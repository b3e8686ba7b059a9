"""The machine lines of a passport (ICAO Doc 9303, part 4): two lines of 44 characters with check digits."""

from datetime import date

_WEIGHTS = (7, 3, 1)
_LENGTH = 44


def check_digit(text: str) -> str:
    """The check digit of digits, letters (A is 10) and fillers (0): weights 7, 3, 1, modulo 10."""
    total = sum(_value(character) * _WEIGHTS[at % 3] for at, character in enumerate(text))
    return str(total % 10)


def passport_lines(
    country: str, surname: str, given: str, number: str, born_on: date, gender: str, valid_until: date
) -> tuple[str, str]:
    """Both lines; `gender` as GB/T 2261.1 codes it."""
    first = f"P<{country}{surname}<<{given}".ljust(_LENGTH, "<")[:_LENGTH]
    held = number.ljust(9, "<")
    born, ends, personal = f"{born_on:%y%m%d}", f"{valid_until:%y%m%d}", "<" * 14
    checked = [field + check_digit(field) for field in (held, born, ends, personal)]
    whole = check_digit("".join(checked))
    return first, f"{checked[0]}{country}{checked[1]}{sex(gender)}{checked[2]}{checked[3]}{whole}"


def sex(gender: str) -> str:
    """M, F or the filler, for a gender as GB/T 2261.1 codes it."""
    return {"1": "M", "2": "F"}.get(gender, "<")


def _value(character: str) -> int:
    return 0 if character == "<" else int(character, 36)
