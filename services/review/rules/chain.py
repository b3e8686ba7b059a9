"""The hash chain of a case's history: whoever alters, removes or inserts an entry breaks it (quality A59)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from uuid import UUID

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


def broken_at(entries: Iterable[tuple[int, bytes, bytes, Mapping[str, object]]], head: bytes | None) -> int | None:
    """The first sequence number where a case's chain does not hold; None where all of it does.

    `entries` are (seq, prev_hash, hash, columns) in order; `head` is the hash that the case itself keeps of the
    last one, so that a tail cut off is found as well.
    """
    before, expected = GENESIS, 1
    for seq, prev_hash, own_hash, columns in entries:
        if seq != expected or prev_hash != before or own_hash != link(before, columns):
            return expected
        before, expected = own_hash, expected + 1
    return None if before == (head or GENESIS) else expected


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
