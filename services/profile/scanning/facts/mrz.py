"""The machine lines of a passport: two of 44 characters with check digits (ICAO Doc 9303, part 4)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.profile.scanning.facts.page import Place, folded
from services.profile.scanning.outcome import Line

_SHORTEST = 36
_WEIGHTS = (7, 3, 1)
_PERSONAL = 14
"""Characters of the personal number."""
_FOREIGN = str.maketrans({"∪": "U", "«": "<", "《": "<", "〈": "<", "‹": "<"})
_AS_DIGITS = str.maketrans("OQDILZSBG", "000112586")
_SECOND = re.compile(r"[A-Z0-9<]{9}[0-9OQDILZSBG<][A-Z<0]{3}[0-9OQDILZSBG]{7}[MF<][0-9OQDILZSBG]{7}")


@dataclass(frozen=True, slots=True)
class MachineLines:
    """What the machine lines say; dates as YYMMDD. `personal` is the optional number of the issuing state.

    `checks` is whether every check digit is right: of number, birth and expiry, of the personal number where its
    digit was read, and the composite one over all of them where the line was read to its end.
    """

    surname: str
    given: str
    number: str
    nationality: str
    born: str
    sex: str
    expires: str
    checks: bool
    personal: str
    place: Place


def check_digit(text: str) -> str:
    """Weights 7, 3, 1 over digits, letters (A is 10) and fillers (0), modulo 10."""
    values = (0 if character == "<" else int(character, 36) for character in text)
    return str(sum(value * _WEIGHTS[at % 3] for at, value in enumerate(values)) % 10)


def machine_lines(lines: Sequence[Line]) -> MachineLines | None:
    """Read the two lines; None where there are none."""
    texts = [(line, folded(line.text.translate(_FOREIGN)).translate(_FOREIGN)) for line in lines]
    first = next((text for _line, text in texts if re.match(r"P[A-Z<][A-Z<]{3}", text) and "<<" in text), "")
    for line, text in texts:
        if len(text) >= _SHORTEST and _SECOND.match(text):
            return _read(first, text, Place(line.page, line.box))
    return None


def _read(first: str, second: str, place: Place) -> MachineLines:
    surname, _gap, given = first[5:].partition("<<")
    number, digit = second[:9], second[9].translate(_AS_DIGITS)
    born, expires = second[13:20].translate(_AS_DIGITS), second[21:28].translate(_AS_DIGITS)
    right = [
        check_digit(number) == digit,
        check_digit(born[:6]) == born[6],
        check_digit(expires[:6]) == expires[6],
        *_of_the_rest(number + digit + born + expires, second[28:]),
    ]
    return MachineLines(
        surname=surname.replace("<", " ").strip(),
        given=given.strip("<").replace("<", " ").strip(),
        number=number.rstrip("<"),
        nationality=second[10:13],
        born=born[:6],
        sex=second[20],
        expires=expires[:6],
        checks=all(right),
        personal=second[28:-2].strip("<"),
        place=place,
    )


def _of_the_rest(before: str, rest: str) -> list[bool]:
    """The personal number's digit and the composite one; where fillers were lost, the last two characters are they.

    Source: ICAO Doc 9303 part 4, 4.2.2.2: an empty personal number has the digit 0 or a filler; the composite one
    is taken over positions 1 to 10, 14 to 20 and 22 to 43.
    """
    digits = rest[-2:].translate(_AS_DIGITS)
    personal = rest[:-2].strip("<").ljust(_PERSONAL, "<")
    if len(digits) < len("00") or not digits[1].isdigit() or len(personal) > _PERSONAL:
        return []
    of_personal = "0" if digits[0] == "<" and personal == "<" * _PERSONAL else digits[0]
    return [check_digit(personal) == of_personal, check_digit(before + personal + digits[0]) == digits[1]]
