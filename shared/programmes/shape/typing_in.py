"""Typing as people do it, made even: composed, trimmed, folded; what no text may hold is refused."""

import re
import unicodedata
from collections.abc import Callable

from shared.programmes.shape.faults import Unfit
from shared.programmes.shape.words import Words

INVISIBLE = " \t\n\r\f\v\u00a0\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LONGEST = 20_000
"""Nothing that is typed is read beyond this many characters."""

_DASHES = re.compile(r"[‐‑‒–—―−﹣－]")
_TEXT = Words("文字", "text")


def plain(value: object, *, lines: bool = False) -> str:
    """The text, composed (NFC) and without blanks at its ends; the empty string where it holds nothing else.

    Refused: what is no string; NUL and other control characters (line ends and tabs are kept where `lines`);
    lone surrogates; marks that turn the direction of writing. Rare 汉字 outside the BMP are kept as they are.
    """
    if not isinstance(value, str):
        raise Unfit("wrong_type", expected=_TEXT)
    if len(value) > LONGEST:
        raise Unfit("too_long", limit=LONGEST, length=len(value))
    text = value.replace("\r\n", "\n").replace("\r", "\n") if lines else value
    text = unicodedata.normalize("NFC", text).strip(INVISIBLE)
    for character in text:
        if _is_refused(character) and not (lines and character in "\n\t"):
            raise Unfit("character_refused", character=f"U+{ord(character):04X}")
    return text


def folded(value: object, *, keep: Callable[[str], str] = str) -> str:
    """The text without any blank, full-width letters, digits and dashes made plain; then `keep` over it."""
    text = unicodedata.normalize("NFKC", _DASHES.sub("-", plain(value)))
    return keep("".join(character for character in text if character not in INVISIBLE))


def is_blank(value: object) -> bool:
    """Whether nothing was given: null, an empty list, or a text without a visible character."""
    if isinstance(value, str):
        return not value.strip(INVISIBLE)
    return value is None or value == []


def _is_refused(character: str) -> bool:
    return character in BIDI or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
