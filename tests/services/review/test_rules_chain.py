"""The hash chain finds every entry that was altered, removed, inserted or cut off."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from uuid import UUID

import pytest

from services.review.rules import GENESIS, broken_at, link

Entry = tuple[int, bytes, bytes, dict[str, object]]


def chain(length: int = 4) -> tuple[list[Entry], bytes]:
    """A chain that holds, and its head."""
    entries, before = list[Entry](), GENESIS
    for seq in range(1, length + 1):
        columns: dict[str, object] = {"seq": seq, "comment": f"第 {seq} 条"}
        entries.append((seq, before, link(before, columns), columns))
        before = entries[-1][2]
    return entries, before


def without(at: int) -> Callable[[list[Entry]], list[Entry]]:
    """Leave one out."""
    return lambda entries: entries[:at] + entries[at + 1 :]


def altered(entries: list[Entry]) -> list[Entry]:
    """Change what the second says."""
    seq, before, own, columns = entries[1]
    return [entries[0], (seq, before, own, {**columns, "comment": "通过"}), *entries[2:]]


@pytest.mark.parametrize(
    ("bend", "where"),
    [
        (lambda entries: entries, None),
        (altered, 2),
        (without(0), 1),
        (without(2), 3),
        (without(3), 4),
        (lambda entries: [*entries, entries[-1]], 5),
        (lambda entries: [entries[1], entries[0], *entries[2:]], 1),
        (lambda _entries: [], 1),
    ],
)
def test_the_first_broken_entry_is_named(bend: Callable[[list[Entry]], list[Entry]], where: int | None) -> None:
    entries, head = chain()

    assert broken_at(bend(entries), head) == where


def test_a_case_without_history_holds() -> None:
    assert broken_at([], None) is None


def test_an_entry_is_the_same_however_its_values_are_written() -> None:
    """A moment in another zone, an id as text: what the database gives back hashes like what was put in."""
    here = datetime(2026, 11, 16, 9, tzinfo=timezone(timedelta(hours=8)))
    there = here.astimezone(timezone(timedelta(0)))
    one = UUID("0192f7a0-0000-7000-8000-000000000001")

    assert link(GENESIS, {"at": here, "id": one, "on": here.date()}) == link(
        GENESIS, {"on": "2026-11-16", "id": str(one), "at": there}
    )
