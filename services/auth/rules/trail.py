"""The audit trail's hash chain: whoever alters, removes or inserts an entry breaks it (quality 6.10)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

BEGINNING = bytes(32)
"""What stands where the hash before the first entry would."""


class Linked(NamedTuple):
    """An entry as it is checked: its place, the two hashes that it carries, and what they were taken over."""

    position: int
    previous_hash: bytes
    hash: bytes
    columns: Mapping[str, object]


def link(previous_hash: bytes, columns: Mapping[str, object]) -> bytes:
    """The hash of an entry: SHA-256 over the hash before it and the entry's canonical JSON."""
    plain = json.dumps(columns, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(previous_hash + plain.encode()).digest()


def first_break(entries: Iterable[Linked], position: int = 0, before: bytes = BEGINNING) -> int | None:
    """The place of the first entry that does not follow from the one before; None where all hold.

    `position` and `before` are of the entry that the given ones come after.
    """
    for entry in entries:
        position += 1
        if entry.position != position or entry.previous_hash != before or entry.hash != link(before, entry.columns):
            return position
        before = entry.hash
    return None


def _plain(value: object) -> str:
    """Ids and instants as canonical text; instants in UTC."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    message = f"{type(value).__name__} has no canonical form"
    raise TypeError(message)
