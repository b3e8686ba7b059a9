"""The law of seals, changes, progress and scans as tables."""

from datetime import UTC, datetime

import pytest

from services.profile.rules import changes, progress, scans, seals
from services.profile.rules.changes import WHOLE, Change
from shared.contracts.refusals import TooMany
from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.shape import Contents
from tests.services.profile.world import DEZHOU

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "newest", "status", "reason"),
    [
        (2, 2, "in_review", None),
        (1, 2, "in_review", "superseded"),
        (2, 2, "withdrawn", "withdrawn"),
        (2, 2, "returned", "superseded"),
        (1, None, None, "unknown"),
    ],
)
def test_which_version_can_be_sealed(version: int, newest: int | None, status: str | None, reason: str | None) -> None:
    assert seals.refusal(version, newest, status) == reason


@pytest.mark.parametrize(
    ("status", "submission", "reason"),
    [
        ("waiting", "approved", None),
        ("waiting", "returned", "superseded"),
        ("approved", "approved", None),
        ("withdrawn", "approved", "withdrawn"),
        (None, None, "unknown"),
    ],
)
def test_which_change_request_can_be_sealed(status: str | None, submission: str | None, reason: str | None) -> None:
    assert seals.change_refusal(status, submission) == reason


@pytest.mark.parametrize(
    ("asked", "waiting", "collides"),
    [
        (["post"], [], False),
        (["post"], ["mobile"], False),
        (["post", "mobile"], ["mobile"], True),
        ([WHOLE], ["mobile"], True),
        (["mobile"], [WHOLE], True),
        ([], [WHOLE], False),
    ],
)
def test_a_field_waits_once(asked: list[str], waiting: list[str], collides: bool) -> None:
    assert changes.collides(asked, waiting) is collides


def test_changes_are_applied_and_nothing_else_moves() -> None:
    section = PROGRAMMES[DEZHOU].section("education")
    first, second = ("a", {"school": "一"}), ("b", {"school": "二", "major": "化学"})
    held: Contents = {"basic": {"name": "张伟"}, "education": [first, second]}
    wanted = [Change("school", "二", "贰"), Change("major", "化学", None)]

    changed = changes.applied(held, section, "change", "b", wanted)
    added = changes.applied(held, section, "add", "c", [Change("school", None, "三")])
    removed = changes.applied(held, section, "remove", "a", [])

    assert changed == {**held, "education": [first, ("b", {"school": "贰"})]}
    assert added["education"] == [first, second, ("c", {"school": "三"})]
    assert removed["education"] == [second]


@pytest.mark.parametrize(
    ("status", "decided", "expected"),
    [
        ("in_review", [], ["current", "todo", "todo"]),
        ("in_review", ["a"], ["done", "current", "todo"]),
        ("in_review", ["b"], ["done", "done", "current"]),
        ("approved", ["a", "b", "c"], ["done", "done", "done"]),
        ("returned", ["a"], ["done", "todo", "todo"]),
        ("withdrawn", [], ["todo", "todo", "todo"]),
    ],
)
def test_tiers_are_done_current_or_to_come(status: str, decided: list[str], expected: list[str]) -> None:
    route = [{"tier": tier, "organization": {"name": tier}} for tier in "abc"]
    heard = {tier: progress.Decided("approve", NOW, None) for tier in decided}

    assert [step["state"] for step in progress.progress(route, heard, status)] == expected


@pytest.mark.parametrize(
    ("named", "was_named", "has_later", "bad"),
    [
        (True, True, True, True),
        (True, True, False, True),
        (False, False, False, True),
        (False, False, True, False),
        (False, True, False, False),
        (False, True, True, False),
    ],
)
def test_a_bad_scan_is_told_unless_it_was_replaced(named: bool, was_named: bool, has_later: bool, bad: bool) -> None:
    assert scans.is_still_bad(named=named, was_named=was_named, has_later=has_later) is bad


@pytest.mark.parametrize(
    ("kept", "code"),
    [
        (scans.Kept(9, 90, 0), None),
        (scans.Kept(10, 0, 0), "scan_quota"),
        (scans.Kept(0, 91, 0), "scan_quota"),
        (scans.Kept(0, 0, 3), "scans_waiting"),
    ],
)
def test_an_account_keeps_so_much(kept: scans.Kept, code: str | None) -> None:
    most = scans.Kept(files=10, size=100, waiting=3)
    if code is None:
        scans.check_quota(kept, most, 10)
    else:
        with pytest.raises(TooMany) as refused:
            scans.check_quota(kept, most, 10)
        assert refused.value.code == code
