"""Usernames: how they are written, and when two are the same (NFKC and case folding, UTS 46 in spirit)."""

import unicodedata
from collections.abc import Iterator

from shared.contracts.refusals import Fault
from shared.contracts.texts import _

SHORTEST, LONGEST = 2, 64
MARKS = frozenset("._-@")

MISSING = _("请填写用户名。")
SENTENCE = _("用户名应为 2 至 64 个字符，以字母、数字或汉字开头，只能包含字母、数字、汉字和 . _ - @。")


def written(text: str) -> str:
    """The username as it is shown: composed, full-width letters folded, without blanks around it."""
    return unicodedata.normalize("NFKC", text).strip()


def key(text: str) -> str:
    """What two spellings of one username have in common; unique among accounts."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    return unicodedata.normalize("NFKC", folded)


def fault(text: str) -> Fault | None:
    """What is wrong with a username that somebody wants to have, if anything."""
    name = written(text)
    if not name:
        return Fault("required", MISSING, field="username")
    fits = SHORTEST <= len(name) <= LONGEST and name[0].isalnum()
    if fits and all(character.isalnum() or character in MARKS for character in name):
        return None
    return Fault("username_form", SENTENCE, field="username")


def proposals(given: str) -> Iterator[str]:
    """Usernames for a person whose name reads `given` in pinyin (`zhang.wei`): itself, then numbered from 2."""
    base = given[: LONGEST - 8].strip("._-@") or "user"
    yield base if len(base) >= SHORTEST else f"{base}.1"
    number = 2
    while True:
        yield f"{base}{number}"
        number += 1
