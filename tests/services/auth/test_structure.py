"""What must look alike from outside takes the same steps inside (quality 5 A3, 6.3)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from services.auth.actions import hashing
from shared.kit.database import Database
from tests.services.auth.world import ZHANG, Door, opened


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements that the database is given, without their values."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        """Keep one."""
        seen.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each Argon2id that is computed."""
    noted: list[str] = []
    verified = hashing.Hashing._verified

    def note(self: hashing.Hashing, stored: str, password: str) -> hashing.Verdict:
        """Note it, then verify."""
        noted.append("argon2")
        return verified(self, stored, password)

    monkeypatch.setattr(hashing.Hashing, "_verified", note)
    return noted


async def test_a_login_takes_the_same_steps_for_unknown_names_and_wrong_passwords(
    door: Door, hashes: list[str]
) -> None:
    await opened(door.database, ZHANG)
    taken = []
    for username in ("nobody", "zhang.wei"):
        with statements(door.database) as seen:
            await door.log_in(username, "wrong")
        taken.append(seen)

    assert taken[0] == taken[1]
    assert hashes == ["argon2"] * 2


async def test_a_reset_takes_the_same_steps_for_unknown_names_and_wrong_addresses(door: Door) -> None:
    await opened(door.database, ZHANG)
    taken = []
    for username in ("nobody", "zhang.wei"):
        with statements(door.database) as seen:
            await door("POST", "/password-resets", {"username": username, "email": "x@y.cn"})
        taken.append(seen)

    assert taken[0] == taken[1]


async def test_a_matching_pair_takes_as_many_steps_as_a_wrong_one_and_one_event(door: Door) -> None:
    await opened(door.database, ZHANG)
    counts = []
    for email in ("x@y.cn", ZHANG.email):
        with statements(door.database) as seen:
            await door("POST", "/password-resets", {"username": "zhang.wei", "email": email})
        counts.append(sum("outbox" not in statement for statement in seen))

    assert counts[1] - counts[0] <= 1
