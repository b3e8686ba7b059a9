"""Workers: a real Celery process does a row's work once, and the next one takes over when it is killed (F5, F7)."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from celery import Celery
from redis import Redis as Broker

from shared.kit import clock, dispatch
from shared.kit.celery import application
from shared.kit.database import Database, Session
from shared.kit.jobs import Job, later
from shared.kit.lanes import lane_of, slow
from shared.kit.redis import KEY_PREFIX, connect
from shared.kit.sending import CROWDED, Sender
from shared.kit.sweeper import QUEUE_LIMIT, Sweeper
from tests.cli.local.waiting import until
from tests.shared.kit.toys import JOBS, QUEUE, Toy, play

Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def broker(valkey_url: str) -> Iterator[Broker]:
    """The real broker, with nothing in it, and this process sends jobs to it."""
    with Broker.from_url(valkey_url, decode_responses=True) as client:
        client.flushall()
        sender = Sender(valkey_url)
        dispatch.send_by(sender._send)
        yield client
        dispatch.send_by(None)
        sender.app.close()


@pytest.fixture
def app(valkey_url: str) -> Iterator[Celery]:
    """Sends what nobody should."""
    app = application(valkey_url)
    yield app
    app.close()


@pytest.fixture
def start(kit_url: str, valkey_url: str, repository: Path) -> Iterator[Start]:
    """Start a worker process; those that still live at the end are killed."""
    started: list[subprocess.Popen[bytes]] = []

    def one() -> subprocess.Popen[bytes]:
        """Start one."""
        argv = [sys.executable, "-m", "tests.shared.kit.toyshop", kit_url, valkey_url]
        started.append(subprocess.Popen(argv, cwd=repository, env=os.environ | {"PYTHONWARNINGS": "ignore"}))
        return started[-1]

    yield one
    for process in started:
        process.kill()
        process.wait(20)


async def add(session: Session, what: str, queue: str = QUEUE) -> UUID:
    """Add a toy and give its id."""
    toy = Toy(queue=queue, what=what)
    later(session, toy)
    await session.flush()
    return toy.id


def state(url: str) -> tuple[list[str], list[tuple[str, int]]]:
    """The traces in order, and every row's status and attempts."""
    with psycopg.connect(url) as connection:
        traces = [what for (what,) in connection.execute("SELECT what FROM effect ORDER BY id").fetchall()]
        return traces, [(str(a), int(b)) for a, b in connection.execute("SELECT status, attempts FROM toy").fetchall()]


async def test_a_worker_killed_in_the_middle_is_followed_by_one_that_does_the_row_once(
    kit_database: Database, kit_url: str, valkey_url: str, broker: Broker, start: Start
) -> None:
    first = start()
    await kit_database.act(add, "hang")
    await until(lambda: state(kit_url)[0] == ["begun 1"], "the first worker began")
    first.send_signal(signal.SIGKILL)
    assert first.wait(20) == -signal.SIGKILL

    second = start()
    async with connect(valkey_url) as redis, asyncio.timeout(40):
        sweeper = Sweeper(kit_database, redis, JOBS)
        while state(kit_url)[1] != [("done", 2)]:
            await sweeper.sweep()

    assert state(kit_url)[0] == ["begun 1", "begun 2", "done"]
    assert second.poll() is None


async def test_messages_that_are_doubled_or_no_job_at_all_change_nothing(
    kit_database: Database, kit_url: str, broker: Broker, start: Start, app: Celery
) -> None:
    row_id = await kit_database.act(add, "play")
    for args in (["no id"], [], [{"$ne": 1}, 2, 3], ["00000000-0000-7000-8000-000000000000"], *[[str(row_id)]] * 5):
        app.send_task("kit.toy", args=args, queue=QUEUE)
    app.send_task("never.heard.of", args=["x"], queue=QUEUE)
    app.send_task("kit.toy", args=[row_id], queue=QUEUE, serializer="pickle")
    worker = start()
    await until(lambda: state(kit_url)[1] == [("done", 1)], "the row was done")
    await until(lambda: (broker.llen(KEY_PREFIX + QUEUE), broker.hlen(KEY_PREFIX + "unacked")) == (0, 0), "all taken")

    assert state(kit_url) == (["begun 1", "done"], [("done", 1)])
    assert worker.poll() is None


def shaped(headers: object, body: str = "e30=", tag: str = "1") -> bytes:
    """What looks like a message, but says nonsense."""
    way = {"exchange": "", "routing_key": "x"}
    properties = {"delivery_tag": tag, "body_encoding": "base64", "delivery_info": way}
    said = {"body": body, "headers": headers, "properties": properties, "content-type": "application/json"}
    return json.dumps(said).encode()


NOISE = (
    b"\xff\xfe\x00 no text", b"no JSON", b"{", b"null", b"1", b"[]", b"{}", b'"x"', b'{"body": 1}',
    b'{"body": "x", "headers": {}, "properties": {}}',
    b'{"body": "e30=", "headers": {}, "properties": {"delivery_tag": "1", "delivery_info": {}}}',
    shaped([]), shaped({}, tag="2"), shaped({"task": "kit.toy", "id": "1"}, "!!!"),
    shaped({"task": "kit.toy", "id": "1"}, tag="3"), shaped({"task": "no.such", "id": "2"}, "W1tdLHt9LHt9XQ==", "4"),
    shaped({"task": "kit.toy", "id": "3", "eta": "x"}, "W1tdLHt9LHt9XQ==", "5"), shaped({"task": [], "id": {}}),
)  # fmt: skip


async def test_whatever_lies_in_a_queue_the_worker_goes_on(
    kit_database: Database, kit_url: str, broker: Broker, start: Start
) -> None:
    worker = start()
    broker.lpush(KEY_PREFIX + QUEUE, *NOISE * 3)
    await kit_database.act(add, "play")
    await until(lambda: state(kit_url)[1] == [("done", 1)], "the row was done")
    await until(lambda: (broker.llen(KEY_PREFIX + QUEUE), broker.hlen(KEY_PREFIX + "unacked")) == (0, 0), "all taken")

    assert worker.poll() is None


async def test_a_job_reaches_the_broker_from_the_senders_own_thread(
    kit_database: Database, valkey_url: str, broker: Broker
) -> None:
    sender = Sender(valkey_url)
    sender.start()
    dispatch.send_by(sender.put)
    row_id = await kit_database.act(add, "play")
    await until(lambda: broker.llen(KEY_PREFIX + QUEUE) == 1, "the message was sent")

    assert [json.loads(message)["headers"]["argsrepr"] for message in broker.lrange(KEY_PREFIX + QUEUE, 0, -1)] == [
        f"['{row_id}']"
    ]


async def test_a_crowded_queue_gets_nothing_from_the_sender_either(
    kit_database: Database, valkey_url: str, broker: Broker
) -> None:
    broker.lpush(KEY_PREFIX + QUEUE, *["x"] * CROWDED)
    await kit_database.act(add, "play")

    assert broker.llen(KEY_PREFIX + QUEUE) == CROWDED


async def test_a_broker_that_is_away_harms_no_transaction(kit_database: Database, kit_url: str) -> None:
    def fail(_task: str, _queue: str, _row_id: UUID) -> None:
        raise ConnectionRefusedError

    dispatch.send_by(fail)
    await kit_database.act(add, "play")
    dispatch.send_by(None)

    assert state(kit_url)[1] == [("queued", 0)]


def test_a_sender_whose_hands_are_full_leaves_the_rest_to_the_sweeper(valkey_url: str) -> None:
    sender = Sender(valkey_url)
    sender.waiting.maxsize = 2
    for _ in range(3):
        sender.put("kit.toy", QUEUE, UUID(int=0))

    assert sender.waiting.qsize() == 2


async def test_what_waits_in_the_slow_lane_lets_the_others_pass(
    kit_database: Database, kit_url: str, broker: Broker, start: Start
) -> None:
    for _ in range(4):
        await kit_database.act(add, "play", slow(QUEUE))
    quickly = [await kit_database.act(add, "play") for _ in range(4)]
    waiting = [broker.llen(KEY_PREFIX + lane_of(name).key) for name in (QUEUE, slow(QUEUE))]
    start()
    await until(lambda: state(kit_url)[1] == [("done", 1)] * 8, "all were done")

    with psycopg.connect(kit_url) as connection:
        ended = connection.execute("SELECT id FROM toy ORDER BY finished_at").fetchall()
    first = {row_id for (row_id,) in ended[:3]}  # the worker holds two messages: the fourth may end beside a slow one
    assert waiting == [4, 4]
    assert first - set(quickly) == set()


async def test_the_sweeper_feeds_each_lane_by_itself(kit_database: Database, valkey_url: str, broker: Broker) -> None:
    broker.lpush(KEY_PREFIX + lane_of(slow(QUEUE)).key, *["x"] * QUEUE_LIMIT)
    dispatch.send_by(None)
    for name in (QUEUE, slow(QUEUE)):
        await kit_database.act(add, "play", name)
    await kit_database.act(clock.advance, 3.0)
    sender = Sender(valkey_url)
    dispatch.send_by(sender._send)
    async with connect(valkey_url) as redis:
        await Sweeper(kit_database, redis, (Job(Toy, play, (QUEUE, slow(QUEUE))),)).sweep()
    sender.app.close()

    assert [broker.llen(KEY_PREFIX + lane_of(name).key) for name in (QUEUE, slow(QUEUE))] == [1, QUEUE_LIMIT]
