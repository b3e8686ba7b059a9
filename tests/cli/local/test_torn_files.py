"""What Valkey keeps on disk may be torn at its end, and must be whole before it (F10)."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis

from cli.local import valkey
from cli.local.redis_users import RULES
from tests.servers import free_port, until_answers

PASSWORDS = dict.fromkeys(RULES, "secret")


@contextmanager
def running(server: valkey.Valkey) -> Iterator[tuple["subprocess.Popen[bytes]", Any]]:
    """The server, killed at the end without warning; and the operator's connection."""
    process = subprocess.Popen(server.program(Path("/dev/null")).argv, stdout=subprocess.DEVNULL)
    try:
        with redis.Redis(port=server.port, username="operator", password="secret") as client:
            yield process, client
    finally:
        process.kill()
        process.wait(30)


def kept(folder: Path) -> Path:
    """The file that grows with each change."""
    (found,) = folder.rglob("*.incr.aof")
    return found


def filled(folder: Path) -> valkey.Valkey:
    """A server that was killed after it had kept a hundred events."""
    server = valkey.Valkey(valkey.of_wheel(), folder, free_port())
    server.make(PASSWORDS)
    with running(server) as (_process, client):
        until_answers(client.ping, redis.ConnectionError)
        for number in range(100):
            client.xadd("ev:auth", {"number": str(number)})
        assert client.execute_command("WAITAOF", 1, 0, 5000)[0] == 1
    return server


def test_a_file_that_is_torn_at_its_end_is_read_up_to_there(tmp_path: Path) -> None:
    server = filled(tmp_path)
    file = kept(tmp_path)
    file.write_bytes(file.read_bytes()[:-7])

    with running(server) as (_process, client):
        until_answers(client.ping, redis.ConnectionError)
        assert client.xlen("ev:auth") == 99


def test_a_file_that_is_bent_in_its_middle_is_not_believed(tmp_path: Path) -> None:
    server = filled(tmp_path)
    file = kept(tmp_path)
    content = bytearray(file.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 20] = b"\xff" * 20
    file.write_bytes(content)

    with running(server) as (process, _client):
        assert process.wait(30) != 0
