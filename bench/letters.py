"""From an event to the letter that the SMTP server has taken, at 20 events a second (quality G7), and G8's building."""

import asyncio
import time
from datetime import UTC, datetime
from statistics import median
from uuid import UUID

import psycopg

from bench.bare import bare
from bench.figures import percentile, said
from bench.world import World
from shared.contracts.events import PasswordChanged
from shared.kit import sending
from shared.kit.database import Database
from shared.kit.outbox import tell

ROUNDS = 5
EVENTS = 60
PER_SECOND = 20


def run(world: World) -> None:
    """Tell events as auth would, and rows of the bare path, in turn; read from the rows how long each letter took."""
    with psycopg.connect(world.plain("auth")) as auth:
        row = auth.execute("SELECT id FROM account WHERE username = 'zhang.wei'").fetchone()
    assert row is not None
    sending.start(world.redis)  # as every process that tells does
    ours: list[list[float]] = []
    floor: list[list[float]] = []
    with bare(world) as plain:
        _bare(plain)
        for _ in range(ROUNDS):
            asyncio.run(_tell(world, row[0]))
            ours.append(_delays(world, row[0]))
            floor.append(_bare(plain))
    said("event → letter taken by SMTP", [delay for turn in ours for delay in turn])
    said("  bare path: same hops, rows, poll and server", [delay for turn in floor for delay in turn])
    for share in (0.5, 0.99):
        ratios = [percentile(a, share) / percentile(b, share) for a, b in zip(ours, floor, strict=True)]
        print(
            f"  p{share * 100:.0f}: {median(ratios):.2f} times the bare path ({min(ratios):.2f} to {max(ratios):.2f})"
        )


def _bare(plain: "psycopg.Connection[tuple[object, ...]]") -> list[float]:
    """Milliseconds of the bare path, for as many events at the same pace."""
    plain.execute("TRUNCATE bare.delivery")
    for _ in range(EVENTS):
        plain.execute("INSERT INTO bare.outbox (payload) VALUES (%s)", ("{}" * 100,))
        time.sleep(1 / PER_SECOND)
    deadline = time.monotonic() + 60
    taken = "SELECT extract(epoch FROM sent_at - told_at) * 1000 FROM bare.delivery WHERE sent_at IS NOT NULL"
    while len(rows := plain.execute(taken).fetchall()) < EVENTS and time.monotonic() < deadline:
        time.sleep(0.2)
    assert len(rows) == EVENTS, f"{len(rows)} letters of the bare path"
    return [float(delay) for (delay,) in rows]  # type: ignore[arg-type]  # a number


async def _tell(world: World, account_id: UUID) -> None:
    """Tell one event after the other, at an even pace."""
    database = Database(world.databases["auth"])
    for _ in range(EVENTS):
        event = PasswordChanged(account_id=account_id, changed_at=datetime.now(UTC), by_reset=False)
        await database.act(_one, event)
        await asyncio.sleep(1 / PER_SECOND)
    await database.close()


async def _one(session: object, event: PasswordChanged) -> None:
    """Tell one event."""
    tell(session, event)  # type: ignore[arg-type]  # the session of the transaction


def _delays(world: World, account_id: UUID) -> list[float]:
    """Milliseconds from the outbox's row to the delivery's end, pair by pair in their order."""
    with psycopg.connect(world.plain("auth")) as auth, psycopg.connect(world.plain("notify")) as notify:
        told = auth.execute(
            "SELECT created_at FROM outbox WHERE type = 'PasswordChanged' AND aggregate_id = %s"
            " ORDER BY id DESC LIMIT %s",
            (account_id, EVENTS),
        ).fetchall()
        deadline = time.monotonic() + 60
        while True:
            taken = notify.execute(
                "SELECT d.sent_at FROM delivery d JOIN letter l ON l.id = d.letter_id"
                " WHERE l.letter = 'password_changed' AND d.account_id = %s"
                " AND d.sent_at >= %s ORDER BY d.created_at DESC LIMIT %s",
                (account_id, told[-1][0], EVENTS),
            ).fetchall()
            notify.rollback()
            if len(taken) >= len(told) or time.monotonic() > deadline:
                break
            time.sleep(0.5)
    assert len(taken) == len(told), f"{len(told)} events, {len(taken)} letters"
    return [(end - begin).total_seconds() * 1000 for (begin,), (end,) in zip(told, taken, strict=True)]
