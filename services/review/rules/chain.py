"""The hash chain of a case's history: whoever alters, removes or inserts an entry breaks it (quality A59)."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal
from uuid import UUID

Tampering = Literal["altered", "removed", "inserted", "unlinked", "head_altered", "case_altered", "case_removed"]
"""A row whose columns are not those that were hashed; a row that is gone; one too many; one that follows another row
than it did (its neighbour was replaced); the case's own note of its history; of its state; the case itself."""

GENESIS = bytes(32)
"""What the first entry of a case follows."""


def canonical(entry: Mapping[str, object]) -> bytes:
    """The stored columns of an entry as JSON that is the same for everyone: sorted keys, UTC, no blanks."""
    return json.dumps(
        {key: _plain(value) for key, value in entry.items()},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()


def link(prev_hash: bytes, entry: Mapping[str, object]) -> bytes:
    """The hash of an entry: SHA-256 over the hash before it and its own canonical form."""
    return hashlib.sha256(prev_hash + canonical(entry)).digest()


@dataclass(frozen=True, slots=True)
class Linked:
    """A stored entry as the chain is checked by: its place, its links, and its columns but for them."""

    entry_id: UUID
    seq: int
    prev_hash: bytes
    own_hash: bytes
    columns: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not hold: at which place of a case's history, in which row where there is one, and how."""

    seq: int
    entry_id: UUID | None
    what: Tampering


def sealed_text(case_id: UUID, seq: int, head: bytes | None) -> str:
    """What the keyed seal of a case's history is taken over: which case, how many entries, the last one's hash."""
    return f"{case_id}:{seq}:{(head or b'').hex()}"


def tampering(entries: Iterable[Linked], length: int, head: bytes | None) -> Iterator[Finding]:
    """Everything that does not hold in one case's chain; nothing where all of it does.

    `entries` come in the order of `seq`; `length` and `head` are what the case itself keeps of its history, so that
    a tail that was cut off, or added, is found as well.
    """
    before, expected = GENESIS, 1
    for entry in entries:
        is_gap = entry.seq > expected
        if is_gap and expected <= length:
            yield Finding(expected, None, "removed")
        if entry.seq < expected or entry.seq > length:
            yield Finding(entry.seq, entry.entry_id, "inserted")
        elif entry.own_hash != link(entry.prev_hash, entry.columns):
            yield Finding(entry.seq, entry.entry_id, "altered")
        elif entry.prev_hash != before and not is_gap:
            yield Finding(entry.seq, entry.entry_id, "unlinked")
        before, expected = entry.own_hash, entry.seq + 1
    if expected <= length:
        yield Finding(expected, None, "removed")
    elif expected == length + 1 and before != (head or GENESIS):
        yield Finding(length, None, "head_altered")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
