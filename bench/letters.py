"""From an event to the letter that the SMTP server has taken, at 20 events a second (quality G7)."""

import asyncio
import smtplib
import time
from datetime import UTC, datetime
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from uuid import UUID, uuid4

import psycopg
from redis.asyncio import Redis

from bench.figures import said
from bench.world import World
from shared.contracts.events import PasswordChanged
from shared.kit.database import Database
from shared.kit.outbox import tell

EVENTS = 300
PER_SECOND = 20


def run(world: World) -> None:
    """Tell events as auth would; read from both databases when each was told and when its letter was taken."""
    with psycopg.connect(world.plain("auth")) as auth:
        row = auth.execute("SELECT id FROM account WHERE username = 'zhang.wei'").fetchone()
    assert row is not None
    asyncio.run(_tell(world, row[0]))
    said("event → letter taken by SMTP", _delays(world, row[0]))
    said("  floor: one process, same poll, stream and SMTP", asyncio.run(_floor(world)))


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


async def _floor(world: World) -> list[float]:
    """A row, a poll every 30 ms, a stream, and smtplib on an open connection: no inbox, no job, no row a letter."""
    redis: Redis = Redis.from_url(world.redis)
    smtp = smtplib.SMTP("127.0.0.1", world.mailbox_port)
    connection = await psycopg.AsyncConnection.connect(world.plain("auth"), autocommit=True)
    await connection.execute("CREATE TEMP TABLE floor (id bigserial, payload text)")
    delays = []
    for _ in range(100):
        start = time.perf_counter()
        await connection.execute("INSERT INTO floor (payload) VALUES (%s)", (str(uuid4()),))
        await asyncio.sleep(0.015)  # the mean of a poll of 30 ms
        await (await connection.execute("DELETE FROM floor RETURNING payload")).fetchone()
        await redis.xadd("bench:floor", {"x": "1"})
        await redis.xread({"bench:floor": "0"}, count=1)
        letter = MIMEMultipart("alternative")
        letter["From"], letter["To"], letter["Subject"] = "a@bench.test", "b@bench.test", "bench"
        letter.attach(MIMEText("some words of a letter\n" * 40))
        letter.attach(MIMEText("<p>some words of a letter</p>\n" * 40, "html"))
        await asyncio.to_thread(smtp.sendmail, "a@bench.test", ["b@bench.test"], letter.as_string())
        delays.append((time.perf_counter() - start) * 1000)
    await redis.delete("bench:floor")
    await redis.aclose()
    await connection.close()
    smtp.quit()
    return delays
