"""What each user of Redis may do, asked of a real server: streams are added to by their tellers alone."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from cli.local import valkey
from cli.local.redis_users import RULES, user_of
from cli.local.roster import roster
from tests.servers import free_port, until_answers

PASSWORDS = {user: f"password-of-{user}" for user in RULES}
TELLERS = ("auth", "profile", "review", "notify")


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server with the platform's users, and a message in a stream that everybody hears."""
    server = valkey.Valkey(valkey.of_wheel(), tmp_path_factory.mktemp("valkey"), free_port())
    server.make(PASSWORDS)
    program = server.program(Path("/dev/null"))
    process = subprocess.Popen(program.argv, stdout=subprocess.DEVNULL)
    try:
        until_answers(client(server.port, "operator").ping, redis.ConnectionError)
        yield server.port
    finally:
        process.kill()
        process.wait(30)


def client(port: int, user: str | None) -> redis.Redis:
    """A connection as that user."""
    return redis.Redis(port=port, username=user, password=PASSWORDS[user] if user else None)


def may(port: int, user: str, *words: str) -> bool:
    """Whether the server runs the command for the user."""
    try:
        with client(port, user) as one:
            one.execute_command(*words)
    except redis.exceptions.NoPermissionError:
        return False
    return True


@pytest.mark.parametrize("stream", TELLERS)
@pytest.mark.parametrize("user", [user for user in RULES if user != "operator"])
def test_a_stream_is_added_to_and_trimmed_by_its_teller_alone(port: int, user: str, stream: str) -> None:
    added = may(port, user, "XADD", f"ev:{stream}", "*", "type", "Forged")
    trimmed = may(port, user, "XTRIM", f"ev:{stream}", "MAXLEN", "1000")
    gone = may(port, user, "DEL", f"ev:{stream}")
    assert (added, trimmed, gone) == (user == stream,) * 3


@pytest.mark.parametrize("user", TELLERS)
def test_every_service_hears_every_stream(port: int, user: str) -> None:
    for stream in TELLERS:
        assert may(port, user, "XGROUP", "CREATE", f"ev:{stream}", f"{user}-of-{stream}", "0", "MKSTREAM")
        assert may(port, user, "XREADGROUP", "GROUP", f"{user}-of-{stream}", "c", "STREAMS", f"ev:{stream}", ">")
        assert may(port, user, "XACK", f"ev:{stream}", f"{user}-of-{stream}", "0-1")


MAY = [
    ("gateway", ("GET", "session:x"), True),
    ("gateway", ("DEL", "session:x"), True),
    ("gateway", ("EVAL", "return redis.call('INCR', KEYS[1])", "1", "LIMITS:x"), True),
    ("gateway", ("GET", "alive:events:auth"), True),
    ("gateway", ("SET", "alive:events:auth", "1"), False),
    ("gateway", ("LPUSH", "q:notify.mail", "x"), False),
    ("gateway", ("GETDEL", "captcha:x"), False),
    ("auth", ("SET", "session:x", "1"), True),
    ("auth", ("GETDEL", "captcha:x"), True),
    ("profile", ("GET", "session:x"), False),
    ("review", ("GETDEL", "captcha:x"), False),
    ("worker", ("GET", "session:x"), False),
    ("worker", ("LPUSH", "q:notify.mail", "x"), True),
    ("worker", ("PUBLISH", "q:ring:juxian_auth", "x"), True),
    ("notify", ("INFO", "server"), True),
    ("notify", ("FLUSHALL",), False),
    ("worker", ("CONFIG", "GET", "*"), False),
    ("operator", ("ACL", "LIST"), False),
    ("operator", ("SHUTDOWN",), False),
    ("probe", ("PING",), True),
    ("probe", ("GET", "session:x"), False),
]


@pytest.mark.parametrize(
    ("user", "words", "expected"), MAY, ids=[f"{user} {' '.join(words)}" for user, words, _ in MAY]
)
def test_a_user_does_its_work_and_no_more(port: int, user: str, words: tuple[str, ...], expected: bool) -> None:
    assert may(port, user, *words) is expected


def test_nobody_comes_without_a_name(port: int) -> None:
    with client(port, None) as nobody, pytest.raises(redis.exceptions.AuthenticationError):
        nobody.ping()


def test_every_process_has_a_user_that_there_is() -> None:
    users = {process.name: user_of(process.kind, process.services[0]) for process in roster(apart=True)}
    assert set(users.values()) == set(RULES) - {"operator", "probe"}
    assert (users["auth-events"], users["worker-imports"], users["beat"]) == ("auth", "worker", "worker")
