"""How a case is found: terms made of a name, its pinyin and initials, the number, and the index of an ID's last four.

Two-character Chinese names are out of reach of trigrams, so the terms are one- and two-character grams. Each becomes
a number of 64 bits that also covers the organization: one GIN index then serves every organization at the same cost.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from uuid import UUID

from shared.programmes.facts import pinyin

LONGEST = 24
WORDS = 6
"""So many words of a query are looked at; more narrow nothing down."""
LAST_FOUR = re.compile(r"[0-9]{3}[0-9x]")
_PARTS = re.compile(r"[^0-9a-z]+")


def terms(name: str, pinyin: str, number: str, id_last4_index: str) -> frozenset[str]:
    """Everything that finds an applicant: `pinyin` has its syllables apart (zhang wei), the surname first."""
    found = {*_name_terms(name), *_pinyin_terms(pinyin), *_number_terms(number)}
    if id_last4_index:
        found.add(f"i:{id_last4_index}")
    return frozenset(found)


def tokens(organization_id: UUID, words: frozenset[str]) -> list[int]:
    """The terms as the numbers that one organization's rows are searched by, in order."""
    return sorted(_token(organization_id, word) for word in words)


def employer_terms(name: str) -> list[str]:
    """Everything that finds an employer: grams of its name, its pinyin and initials from any syllable on; in order."""
    syllables = " ".join(pinyin.of_title(character) for character in name)
    return sorted({*_name_terms(name), *_pinyin_terms(syllables)})


def wanted_employers(query: str) -> list[frozenset[str]]:
    """What a query asks of an employer: for each word the terms that must all be there."""
    return [_of_name(word) for word in folded(query).split()[:WORDS]]


def wanted(query: str, index: Callable[[str], str]) -> list[list[frozenset[str]]]:
    """What a query asks for: for each word, the sets of terms of which one must be there whole.

    `index` gives the keyed index of an ID number's last four. A word that can mean nothing finds nothing.
    """
    return [list(_meanings(word, index)) for word in folded(query).split()[:WORDS]]


def folded(text: str) -> str:
    """The text as it is compared: composed, full-width forms made plain, lower case."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _meanings(word: str, index: Callable[[str], str]) -> Iterator[frozenset[str]]:
    if LAST_FOUR.fullmatch(word):
        yield frozenset({f"i:{index(word.upper())}"})
    yield _of_name(word)
    if word.isascii():
        yield frozenset({f"n:{word}"})


def _of_name(word: str) -> frozenset[str]:
    """What a word means of a name, in Latin letters or in Chinese."""
    if word.isascii():
        return frozenset({f"p:{word[:LONGEST]}"})
    grams = {word} if len(word) == 1 else {word[at : at + 2] for at in range(len(word) - 1)}
    return frozenset(f"g:{gram}" for gram in grams)


def _name_terms(name: str) -> Iterator[str]:
    for word in folded(name).split():
        if word.isascii():
            yield from (f"p:{word[:length]}" for length in range(1, min(len(word), LONGEST) + 1))
        else:
            yield from (f"g:{word[at : at + size]}" for size in (1, 2) for at in range(len(word) - size + 1))


def _pinyin_terms(pinyin: str) -> Iterator[str]:
    syllables = [part for part in _PARTS.split(folded(pinyin)) if part]
    initials = "".join(syllable[0] for syllable in syllables)
    for at in range(len(syllables)):
        for whole in ("".join(syllables[at:]), initials[at:]):
            yield from (f"p:{whole[:length]}" for length in range(1, min(len(whole), LONGEST) + 1))


def _number_terms(number: str) -> Iterator[str]:
    whole = folded(number)
    parts = [part for part in _PARTS.split(whole) if part]
    if parts:
        yield from (f"n:{form}" for form in {whole, "".join(parts), parts[-1], parts[-1].lstrip("0") or "0"})


def _token(organization_id: UUID, word: str) -> int:
    digest = hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8, key=organization_id.bytes).digest()
    return int.from_bytes(digest, "big", signed=True)
