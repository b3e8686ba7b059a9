"""The law of duplicates: when two pages of different people are the same, and what their reviewers are told."""

from collections.abc import Sequence
from typing import Any, Final

from shared.contracts.texts import _

NEAR_BITS: Final = 12
NEAR_COLOUR: Final = 8
"""Of 512 bits, and of 255 in any of 64 fields: to recompress portraits moved 8 and 3."""
HASH: Final = 128
"""Hex digits of the difference hash, which the looks of a page begin with; its colours follow."""
_FOUND: Final = _("这份文件与另一位申报人上传的文件相同或极为相似，请核实。")
_NONE: Final = _("没有发现与其他申报人相同的文件。")


def is_same(mine: Sequence[str], others: Sequence[str], mine_looks: str, other_looks: str) -> bool:
    """Whether two pages with a token in common are the same: by bytes, by half of their numbers, or by their looks."""
    shared = set(mine) & set(others)
    if any(token.startswith("bytes:") for token in shared):
        return True
    words = [{token for token in tokens if token.startswith("text:")} for tokens in (mine, others)]
    if words[0] or words[1]:
        both = words[0] & words[1]
        return bool(both) and 2 * len(both) >= len(words[0] | words[1])
    return is_near(mine_looks, other_looks)


def is_near(one: str, other: str) -> bool:
    """Whether two pictures look the same, by their hash and by their colours."""
    if not one or len(one) != len(other):
        return False
    bits = (int(one[:HASH], 16) ^ int(other[:HASH], 16)).bit_count()
    fields = zip(bytes.fromhex(one[HASH:]), bytes.fromhex(other[HASH:]), strict=True)
    return bits <= NEAR_BITS and max(abs(a - b) for a, b in fields) <= NEAR_COLOUR


def duplicate_check(page: int | None) -> dict[str, Any]:
    """The check as a scan's others are kept; `page` is the first that another person has uploaded too."""
    code, outcome = ("duplicate_found", "attention") if page else ("duplicate_none", "passed")
    sentence = _FOUND if page else _NONE
    return {"check": "duplicate", "outcome": outcome, "code": code, "sentence": sentence, "page": page, "box": None}
