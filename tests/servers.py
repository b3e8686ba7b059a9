"""Real servers for tests: PostgreSQL and Valkey from their wheels, one pair a test process, gone with it."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis

from cli.local import valkey
from cli.local.os_user import unprivileged
from cli.local.postgres import SUPERUSER, Postgres, of_wheel

PATIENCE = 30.0
CARELESS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "200"}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres() -> Iterator[str]:
    """A server without any database of ours; gives its URL, to which a database's name is added."""
    given = os.environ.get("JUXIAN_TEST_POSTGRES_URL")
    if given:
        yield given.rstrip("/") + "/"
        return
    with tempfile.TemporaryDirectory(prefix="juxian-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        cluster, port = Path(folder) / "data", free_port()
        user = unprivileged(cluster)
        server = Postgres(of_wheel(), cluster, user, port)
        server.make("juxian")
        program = server.program(Path(folder) / "log")
        argv = [*program.argv, *(f"--{name}={value}" for name, value in CARELESS.items())]
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen(
                argv, env=dict(program.environment), stdout=log, stderr=log, cwd="/",
                user=user.uid if user else None, group=user.gid if user else None,
                extra_groups=[] if user else None,
            )  # fmt: skip
        url = f"postgresql://{SUPERUSER}:juxian@127.0.0.1:{port}/"
        try:
            until_answers(lambda: psycopg.connect(url + "postgres").close(), psycopg.OperationalError)
            yield url
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(PATIENCE)


@contextmanager
def valkey_server() -> Iterator[str]:
    """A Valkey server with nothing in it; gives its URL."""
    with tempfile.TemporaryDirectory(prefix="juxian-vk-", ignore_cleanup_errors=True) as folder:
        port = free_port()
        argv = [
            str(valkey.of_wheel()),
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            folder,
        ]
        process = subprocess.Popen(argv, stdout=subprocess.DEVNULL)
        url = f"redis://127.0.0.1:{port}/0"
        try:
            client = redis.Redis.from_url(url)
            until_answers(client.ping, redis.ConnectionError)
            client.close()
            yield url
        finally:
            process.kill()
            process.wait(PATIENCE)


def until_answers(ask: object, error: type[Exception]) -> None:
    """Ask until there is an answer, for half a minute at most."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            ask()  # type: ignore[operator]  # a function without arguments
        except error:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
