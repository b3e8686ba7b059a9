"""PostgreSQL and Valkey from their wheels: they start, survive a kill with their data, and keep strangers out."""

import asyncio
import os
import signal
import socket
from pathlib import Path

import psycopg
import pytest
import redis

from cli.local import postgres, servers
from cli.local.environment import Installation
from cli.local.os_user import OsUser
from cli.local.supervisor import Supervisor
from tests.cli.local.waiting import until


@pytest.fixture
async def running(installation: Installation, supervisor: Supervisor) -> Installation:
    await supervisor.start(servers.prepared(installation))
    await asyncio.to_thread(servers.wait_and_furnish, installation)
    return installation


def database(installation: Installation, service: str) -> psycopg.Connection:
    url = installation.all()[f"JUXIAN_{service.upper()}_DATABASE_URL"]
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def cache(installation: Installation) -> redis.Redis:
    return redis.Redis.from_url(installation.all()["JUXIAN_REDIS_URL"], decode_responses=True)


async def killed(supervisor: Supervisor, name: str) -> None:
    """Kills a program and waits until another process of it runs."""
    (old,) = supervisor.pids()[name]
    os.kill(old, signal.SIGKILL)
    await until(lambda: supervisor.pids()[name] not in ([old], []), f"{name} comes back")


async def test_postgres_keeps_what_was_committed_when_it_is_killed(
    running: Installation, supervisor: Supervisor
) -> None:
    with database(running, "review") as connection:
        connection.execute("CREATE TABLE remark AS SELECT '毕业证扫描件不清晰' AS comment")

    await killed(supervisor, "postgres")
    await asyncio.to_thread(servers.wait_and_furnish, running)

    with database(running, "review") as connection:
        assert connection.execute("SELECT comment FROM remark").fetchall() == [("毕业证扫描件不清晰",)]


async def test_valkey_keeps_what_it_was_told_when_it_is_killed(running: Installation, supervisor: Supervisor) -> None:
    with cache(running) as client:
        client.set("left", "behind")
        assert client.execute_command("WAITAOF", 1, 0, 5000)[0] == 1

    await killed(supervisor, "valkey")
    await asyncio.to_thread(servers.wait_and_furnish, running)

    with cache(running) as client:
        await until(lambda: _answers(client), "valkey has read its file")
        assert client.get("left") == "behind"


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


POSTGRES_SETTINGS = {
    "max_connections": "300",
    "synchronous_commit": "on",
    "TimeZone": "UTC",
    "listen_addresses": "127.0.0.1",
}
VALKEY_SETTINGS = {"aof_enabled": 1, "maxmemory": 512 * 1024**2, "maxmemory_policy": "noeviction"}


async def test_servers_are_set_as_a_small_machine_needs_them(running: Installation) -> None:
    with database(running, "auth") as connection:
        rows = connection.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(POSTGRES_SETTINGS)]
        )
        assert dict(rows.fetchall()) == POSTGRES_SETTINGS
    with cache(running) as client:
        told = client.info()
        assert {name: told[name] for name in VALKEY_SETTINGS} == VALKEY_SETTINGS


async def test_each_service_can_open_its_own_database_only(running: Installation) -> None:
    own = running.all()["JUXIAN_AUTH_DATABASE_URL"].replace("+psycopg", "")
    foreign = own.rpartition("/")[0] + "/juxian_profile"
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(foreign)


async def test_nobody_enters_without_the_password(running: Installation) -> None:
    port = running.ports["postgres"]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host="127.0.0.1", port=port, user="juxian", password="guessed", dbname="postgres")
    with redis.Redis(port=running.ports["valkey"]) as client, pytest.raises(redis.AuthenticationError):
        client.ping()


async def test_the_lock_of_a_dead_server_does_not_hinder_the_next(
    running: Installation, supervisor: Supervisor
) -> None:
    # After a restart of the machine the dead server's process id may belong to anything, here to this test.
    await supervisor.drop(["postgres"])
    cluster = running.places.postgres.resolve()
    lock = cluster / "postmaster.pid"
    lock.write_text(f"{os.getppid()}\n{cluster}\n0\n{running.ports['postgres']}\n\n127.0.0.1\n")
    owner = cluster.stat()
    os.chown(lock, owner.st_uid, owner.st_gid)

    await supervisor.start(program for program in servers.prepared(running) if program.name == "postgres")
    await asyncio.to_thread(servers.wait_and_furnish, running)

    await until(lock.exists, "the lock is there again")
    assert lock.read_text().split("\n")[0] == str(supervisor.pids()["postgres"][0])


def test_servers_named_by_the_operator_are_not_started(tmp_path: Path) -> None:
    services = ("AUTH", "PROFILE", "REVIEW", "NOTIFY")
    said = {f"JUXIAN_{name}_DATABASE_URL": "postgresql+psycopg://db/x" for name in services}
    said |= {"JUXIAN_REDIS_URL": "redis://cache/0", "JUXIAN_DATA_DIR": str(tmp_path)}
    assert servers.prepared(Installation.here(said)) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as someone else")
def test_a_checkout_that_others_cannot_enter_keeps_its_cluster_elsewhere(
    installation: Installation, tmp_path: Path
) -> None:
    installation.places.data.chmod(0o700)
    elsewhere = tmp_path / "elsewhere"

    placed = postgres.placed(installation.places, 0, elsewhere)

    home = elsewhere / installation.places.mark
    assert placed.cluster == home / "postgres"
    assert installation.places.postgres.readlink() == home / "postgres"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")
def test_the_copied_programs_run_by_themselves(open_folder: Path) -> None:
    copied = postgres._copied(postgres.of_wheel(), open_folder / "home" / "programs")
    nobody = OsUser("nobody", 65534, 65534)
    assert nobody.reaches(copied / "initdb", "--version")
    assert nobody.reaches(copied / "postgres", "--version")


def test_ports_are_used_again_while_they_are_free(installation: Installation) -> None:
    said = dict(installation.said)
    with socket.create_server(("127.0.0.1", installation.ports["valkey"])):
        moved = Installation.here(said)
    again = Installation.here(said)
    assert moved.ports["postgres"] == installation.ports["postgres"]
    assert moved.ports["valkey"] != installation.ports["valkey"]
    assert again.ports == moved.ports
