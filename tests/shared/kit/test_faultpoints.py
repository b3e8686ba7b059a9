"""Killed anywhere between a change and its answer: state and outbox agree, and there is one effect (F1 to F4)."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from redis import Redis as Broker

from shared.kit import faultpoints
from shared.kit.database import Database
from tests.shared.kit import mortal
from tests.shared.kit.mortal import ACCOUNT

KILLED = -signal.SIGKILL
STREAM = "ev:auth"
Run = Callable[..., Awaitable[int]]


@pytest.fixture
def broker(valkey_url: str) -> Iterator[Broker]:
    """The real broker, with nothing in it."""
    with Broker.from_url(valkey_url, decode_responses=True) as client:
        client.flushall()
        yield client


@pytest.fixture
def run(
    kit_database: Database,
    kit_url: str,
    valkey_url: str,
    repository: Path,
    broker: Broker,
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Run a step: here, or in a process of its own that dies at the point which is named; gives how it ended."""
    monkeypatch.setattr("shared.kit.listener.IDLE", 0)

    async def once(step: str, point: str = "") -> int:
        """Run it."""
        if not point:
            await mortal.run(step, kit_database, valkey_url)
            return 0
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.shared.kit.mortal", step, kit_url, valkey_url,
            cwd=repository, env=os.environ | {"FAULT_POINT": point},
        )  # fmt: skip
        async with asyncio.timeout(40):
            return await process.wait()

    return once


def state(url: str) -> tuple[list[str], int, int]:
    """The effects, how many events were told, and how many of them are known to be published."""
    with psycopg.connect(url) as connection:
        effects = [what for (what,) in connection.execute("SELECT what FROM effect ORDER BY id").fetchall()]
        counts = connection.execute("SELECT count(*), count(published_at) FROM outbox").fetchone()
        assert counts is not None
        return effects, counts[0], counts[1]


async def test_killed_before_its_commit_neither_state_nor_event_is_there(run: Run, kit_url: str) -> None:
    assert await run("change", "before_commit") == KILLED

    assert state(kit_url) == ([], 0, 0)


async def test_killed_after_its_commit_both_state_and_event_are_there(run: Run, kit_url: str) -> None:
    assert await run("change", "after_commit") == KILLED

    assert state(kit_url) == (["changed"], 1, 0)


async def test_a_relay_killed_after_it_published_publishes_again_and_there_is_one_effect(
    run: Run, kit_url: str, broker: Broker
) -> None:
    await run("change")
    assert await run("publish", "after_xadd") == KILLED
    assert (state(kit_url), broker.xlen(STREAM)) == ((["changed"], 1, 0), 1)

    assert [await run("publish"), await run("hear")] == [0, 0]

    assert state(kit_url) == (["changed", f"heard {ACCOUNT}"], 1, 1)
    assert (broker.xlen(STREAM), broker.xpending(STREAM, "notify")["pending"]) == (2, 0)


@pytest.mark.parametrize(
    ("point", "is_answered"), [("before_commit", False), ("after_commit", True), ("before_xack", True)]
)
async def test_a_hearer_killed_while_it_answers_is_followed_by_one_effect(
    run: Run, kit_url: str, broker: Broker, point: str, is_answered: bool
) -> None:
    await run("change")
    await run("publish")
    assert await run("hear", point) == KILLED
    heard = [f"heard {ACCOUNT}"]
    assert state(kit_url)[0] == ["changed", *(heard * is_answered)]
    assert broker.xpending(STREAM, "notify")["pending"] == 1

    assert await run("hear") == 0

    assert state(kit_url) == (["changed", *heard], 1, 1)
    assert broker.xpending(STREAM, "notify")["pending"] == 0


async def test_who_takes_a_dead_ones_place_lives(run: Run, kit_url: str, broker: Broker, tmp_path: Path) -> None:
    once = tmp_path / "once"
    once.touch()

    assert [await run("change", f"before_commit:{once}") for _ in range(2)] == [KILLED, 0]
    assert state(kit_url) == (["changed"], 1, 0)


def test_a_process_that_is_not_told_to_die_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    for named in (None, "", "nowhere", "before_commit:/no/such/file"):
        monkeypatch.delenv("FAULT_POINT", raising=False)
        if named is not None:
            monkeypatch.setenv("FAULT_POINT", named)
        for point in faultpoints.POINTS:
            faultpoints.fault_point(point)


def test_every_fault_point_that_is_named_is_passed_somewhere_and_no_other(repository: Path) -> None:
    sources = [path for tree in ("shared", "services") for path in (repository / tree).rglob("*.py")]
    passed = {point for path in sources for point in _points(path.read_text(encoding="utf-8"))}

    assert passed == set(faultpoints.POINTS)


def _points(source: str) -> list[str]:
    """The fault points that a module passes."""
    return [part.partition('"')[0] for part in source.split('fault_point("')[1:]]
