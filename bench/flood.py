"""Five thousand announcement letters wait: how long an ordinary and a reset letter take meanwhile (quality G12)."""

import asyncio
import os
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from bench.figures import said
from bench.world import World
from shared.contracts.events import AccountOpened, Event, PasswordChanged, PasswordResetAsked
from shared.kit import sending
from shared.kit.database import Database
from shared.kit.ids import new_id
from shared.kit.outbox import tell

PEOPLE = 5000
LETTERS = 40
PAUSE = 0.25
AT_ONCE = 8


def run(world: World) -> None:
    """Measure both kinds of letters at rest, then while an announcement is mailed to everybody."""
    os.environ.update(world.settings)
    sending.start(world.redis)
    with psycopg.connect(world.plain("auth")) as auth:
        row = auth.execute("SELECT id FROM account WHERE username = 'zhang.wei'").fetchone()
    assert row is not None
    _measure(world, row[0], "at rest")
    asyncio.run(_crowd(world))
    announcement_id = asyncio.run(_announce(world))
    with psycopg.connect(world.plain("notify"), autocommit=True) as notify:
        while not _is_written(notify, announcement_id):
            time.sleep(0.2)
        before = _waiting(notify, announcement_id)
        _measure(world, row[0], "while an announcement is mailed")
        print(
            f"  letters of the announcement that waited: {before} at first, {_waiting(notify, announcement_id)} at last"
        )


def _measure(world: World, account_id: UUID, when: str) -> None:
    """Tell both kinds of events at an even pace; print how long the letters took."""
    asyncio.run(_tell(world, account_id))
    for letter, name in (("password_changed", "ordinary"), ("password_reset", "reset")):
        said(f"{name} letter, {when}", _delays(world, account_id, letter))


async def _tell(world: World, account_id: UUID) -> None:
    """One of each after the other."""
    from shared.kit.vault import vault  # noqa: PLC0415 - it reads the settings of this world

    database = Database(world.databases["auth"])
    for _ in range(LETTERS):
        now = datetime.now(UTC)
        token = {"token": vault().wrap("bench", "letter-token"), "expires_at": now + timedelta(minutes=30)}
        asked = {"account_id": account_id, "request_id": new_id(), "asked_at": now, "programme": None, **token}
        changed = PasswordChanged(account_id=account_id, changed_at=now, by_reset=False)
        for event in (changed, PasswordResetAsked.model_validate(asked)):
            await database.act(_one, event)
        await asyncio.sleep(PAUSE)
    await database.close()


async def _one(session: Any, event: Event) -> None:  # noqa: ANN401 - the session of the transaction
    """Tell one event."""
    tell(session, event)


def _delays(world: World, account_id: UUID, letter: str) -> list[float]:
    """Milliseconds from the hearing of each event to the end of its delivery."""
    asked = (
        "SELECT extract(epoch FROM d.sent_at - l.written_at) * 1000 FROM delivery d JOIN letter l ON l.id = d.letter_id"
        " WHERE l.letter = %s AND l.account_id = %s ORDER BY l.id DESC LIMIT %s"
    )
    deadline = time.monotonic() + 120
    with psycopg.connect(world.plain("notify"), autocommit=True) as notify:
        while True:
            rows = notify.execute(asked, (letter, account_id, LETTERS)).fetchall()
            if len(rows) == LETTERS and all(delay is not None for (delay,) in rows):
                return [float(delay) for (delay,) in rows]
            assert time.monotonic() < deadline, f"{letter}: not all were sent"
            time.sleep(0.3)


async def _crowd(world: World) -> None:
    """Let notify know five thousand people, as auth's events would."""
    from services.notify.actions import know_account  # noqa: PLC0415 - it reads the settings of this world

    database, door = Database(world.databases["notify"]), asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        """One of them."""
        name = f"crowd{number}"
        event = AccountOpened(
            account_id=new_id(), version=1, username=name, name="众人", email=f"{name}@bench.test", language="zh",
            mail_mode="each", roles=("applicant",), organization_id=None, programmes=("dezhou-talent-pool",),
            opened_by="operator", programme=None, opened_at=datetime.now(UTC),
        )  # fmt: skip
        async with door:
            await database.act(know_account, event)

    await asyncio.gather(*(one(number) for number in range(PEOPLE)))
    await database.close()


async def _announce(world: World) -> UUID:
    """Announce something to everybody, by mail too."""
    from services.notify.actions import announce  # noqa: PLC0415 - as above
    from services.notify.schemas import Announce  # noqa: PLC0415 - as above
    from shared.contracts.identity import Caller  # noqa: PLC0415 - as above

    database = Database(world.databases["notify"])
    administrator = Caller("gateway", new_id(), frozenset({"administrator"}))
    made = await database.act(announce, administrator, Announce(title="通知", body="正文" * 200, mail=True))
    await database.close()
    return made.announcement_id


def _waiting(notify: "psycopg.Connection[tuple[Any, ...]]", announcement_id: UUID) -> int:
    """How many of its letters have not left."""
    asked = (
        "SELECT count(*) FROM delivery d JOIN letter l ON l.id = d.letter_id"
        " WHERE l.event_key = %s AND d.status IN ('queued', 'retry', 'running')"
    )
    row = notify.execute(asked, (announcement_id,)).fetchone()
    return int(row[0]) if row else 0


def _is_written(notify: "psycopg.Connection[tuple[Any, ...]]", announcement_id: UUID) -> bool:
    """Whether every letter stands in its row."""
    asked = "SELECT status = 'done' FROM mailing WHERE announcement_id = %s"
    row = notify.execute(asked, (announcement_id,)).fetchone()
    return bool(row and row[0])
