"""The hash chain finds every entry that was altered, removed, inserted or cut off."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from uuid import UUID

import pytest

from services.review.rules import GENESIS, Linked, link, tampering

Bend = Callable[[list[Linked]], list[Linked]]


def chain(length: int = 4) -> tuple[list[Linked], bytes]:
    """A chain that holds, and its head."""
    entries, before = list[Linked](), GENESIS
    for seq in range(1, length + 1):
        columns: dict[str, object] = {"seq": seq, "comment": f"第 {seq} 条"}
        entries.append(Linked(UUID(int=seq), seq, before, link(before, columns), columns))
        before = entries[-1].own_hash
    return entries, before


def without(at: int) -> Bend:
    """Leave one out."""
    return lambda entries: entries[:at] + entries[at + 1 :]


def bent(at: int, **more: object) -> Bend:
    """Let one say something else; `anew` computes its hash again, as somebody clever would."""

    def bend(entries: list[Linked]) -> list[Linked]:
        columns = {**entries[at].columns, "comment": "通过"}
        own_hash = link(entries[at].prev_hash, columns) if more.get("anew") else entries[at].own_hash
        return [*entries[:at], replace(entries[at], columns=columns, own_hash=own_hash), *entries[at + 1 :]]

    return bend


@pytest.mark.parametrize(
    ("bend", "found"),
    [
        (lambda entries: entries, []),
        (bent(1), [(2, "altered")]),
        (bent(1, anew=True), [(3, "unlinked")]),
        (bent(3, anew=True), [(4, "head_altered")]),
        (without(0), [(1, "removed")]),
        (without(2), [(3, "removed")]),
        (without(3), [(4, "removed")]),
        (lambda entries: [*entries, replace(entries[-1], seq=5)], [(5, "inserted")]),
        (lambda entries: [*entries[:2], entries[1], *entries[2:]], [(2, "inserted")]),
        (lambda _entries: [], [(1, "removed")]),
    ],
)
def test_everything_that_does_not_hold_is_named(bend: Bend, found: list[tuple[int, str]]) -> None:
    entries, head = chain()

    assert [(one.seq, one.what) for one in tampering(bend(entries), 4, head)] == found


def test_a_case_without_history_holds() -> None:
    assert list(tampering([], 0, None)) == []


def test_an_entry_is_the_same_however_its_values_are_written() -> None:
    """A moment in another zone, an id as text: what the database gives back hashes like what was put in."""
    here = datetime(2026, 11, 16, 9, tzinfo=timezone(timedelta(hours=8)))
    there = here.astimezone(timezone(timedelta(0)))
    one = UUID("0192f7a0-0000-7000-8000-000000000001")

    assert link(GENESIS, {"at": here, "id": one, "on": here.date()}) == link(
        GENESIS, {"on": "2026-11-16", "id": str(one), "at": there}
    )
