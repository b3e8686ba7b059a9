"""The bare path of a letter, as a floor: the same hops, rows, poll and mail server, in three plain loops.

`python -m bench.bare relay|hearer|carrier` is one of them; what it needs comes as JSON on its standard input.
"""

import json
import smtplib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
from redis import Redis

if TYPE_CHECKING:
    from bench.world import World

POLL = 0.05
STREAM, QUEUE = "bench:bare", "bench:bare:queue"
TABLES = """
DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare;
CREATE TABLE bare.outbox (id bigserial PRIMARY KEY, payload text, created_at timestamptz DEFAULT clock_timestamp(),
    published_at timestamptz);
CREATE INDEX ON bare.outbox (id) WHERE published_at IS NULL;
CREATE TABLE bare.inbox (event_id text PRIMARY KEY);
CREATE TABLE bare.person (id int PRIMARY KEY, address text); INSERT INTO bare.person VALUES (1, 'b@bench.test');
CREATE TABLE bare.letter (id uuid PRIMARY KEY, event_id text UNIQUE, params text);
CREATE TABLE bare.delivery (id uuid PRIMARY KEY, letter_id uuid, status text, attempts int DEFAULT 0,
    told_at timestamptz, sent_at timestamptz);
"""


def relay(given: dict[str, str]) -> None:
    """Put what waits on the stream; look every 50 ms."""
    redis = Redis.from_url(given["redis"])
    with psycopg.connect(given["database"]) as database:
        while True:
            waiting = "SELECT id, payload, created_at FROM bare.outbox WHERE published_at IS NULL ORDER BY id"
            rows = database.execute(f"{waiting} LIMIT 100 FOR UPDATE SKIP LOCKED").fetchall()
            for row_id, payload, told_at in rows:
                redis.xadd(STREAM, {"event_id": str(row_id), "payload": payload, "told_at": told_at.isoformat()})
                database.execute("UPDATE bare.outbox SET published_at = now() WHERE id = %s", (row_id,))
            database.commit()
            time.sleep(POLL)


def hearer(given: dict[str, str]) -> None:
    """Answer each event once: a letter, a delivery, and its id on the queue."""
    redis = Redis.from_url(given["redis"], decode_responses=True)
    with psycopg.connect(given["database"]) as database:
        while True:
            heard: Any = redis.xreadgroup("bare", "one", {STREAM: ">"}, count=16, block=1000)
            for _, messages in heard or ():
                for message_id, body in messages:
                    redis.lpush(QUEUE, _write(database, body))
                    redis.xack(STREAM, "bare", message_id)


def _write(database: "psycopg.Connection[tuple[object, ...]]", body: dict[str, str]) -> str:
    """The rows of one event; gives the delivery's id."""
    letter_id, delivery_id = str(uuid4()), str(uuid4())
    database.execute(
        "INSERT INTO bare.inbox VALUES (%s) ON CONFLICT DO NOTHING RETURNING event_id", (body["event_id"],)
    )
    database.execute("SELECT address FROM bare.person WHERE id = 1").fetchone()
    letter = (letter_id, body["event_id"], body["payload"])
    database.execute("INSERT INTO bare.letter VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING id", letter)
    delivery = (delivery_id, letter_id, body["told_at"])
    database.execute(
        "INSERT INTO bare.delivery (id, letter_id, status, told_at) VALUES (%s, %s, 'queued', %s)", delivery
    )
    database.commit()
    return delivery_id


def carrier(given: dict[str, str]) -> None:
    """Claim each delivery, hand its letter in over one open connection, and note it."""
    redis = Redis.from_url(given["redis"], decode_responses=True)
    smtp = smtplib.SMTP("127.0.0.1", int(given["smtp"]))
    with psycopg.connect(given["database"]) as database:
        while True:
            taken: Any = redis.brpop([QUEUE], timeout=2)
            if taken is None:
                continue
            delivery_id = taken[1]
            claim = "UPDATE bare.delivery SET status = 'running', attempts = attempts + 1 WHERE id = %s"
            letter_id = database.execute(f"{claim} RETURNING letter_id", (delivery_id,)).fetchone()
            database.commit()
            database.execute("SELECT params FROM bare.letter WHERE id = %s", letter_id).fetchone()
            database.commit()
            smtp.sendmail("a@bench.test", ["b@bench.test"], _message())
            done = "UPDATE bare.delivery SET status = 'done', sent_at = clock_timestamp() WHERE id = %s"
            database.execute(done, (delivery_id,))
            database.commit()


def _message() -> str:
    """A letter of two parts."""
    letter = MIMEMultipart("alternative")
    letter["From"], letter["To"], letter["Subject"] = "a@bench.test", "b@bench.test", "bench"
    letter.attach(MIMEText("some words of a letter\n" * 40))
    letter.attach(MIMEText("<p>some words of a letter</p>\n" * 40, "html"))
    return letter.as_string()


LOOPS: dict[str, Callable[[dict[str, str]], None]] = {"relay": relay, "hearer": hearer, "carrier": carrier}


@contextmanager
def bare(world: "World") -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """The three loops at work; gives a connection to the database where its outbox is."""
    redis = Redis.from_url(world.redis)
    given = {"database": world.plain("notify"), "redis": world.redis, "smtp": str(world.mailbox_port)}
    with psycopg.connect(given["database"], autocommit=True) as database:
        database.execute(TABLES)
        redis.delete(STREAM, QUEUE)
        redis.xgroup_create(STREAM, "bare", id="0", mkstream=True)
        started = [_start(name, given) for name in LOOPS]
        try:
            yield database
        finally:
            for process in started:
                process.kill()
                process.wait()
            database.execute("DROP SCHEMA bare CASCADE")
            redis.delete(STREAM, QUEUE)


def _start(name: str, given: dict[str, str]) -> "Popen[bytes]":
    """One loop in a process of its own."""
    process = Popen([sys.executable, "-m", "bench.bare", name], stdin=PIPE)
    assert process.stdin is not None
    process.stdin.write(json.dumps(given).encode())
    process.stdin.close()
    return process


if __name__ == "__main__":
    LOOPS[sys.argv[1]](json.loads(sys.stdin.read()))
