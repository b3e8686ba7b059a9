"""The real servers below a local installation: PostgreSQL and Valkey, unless the operator named others."""

import socket
import time

from cli.local import databases, postgres, valkey
from cli.local.environment import Installation
from cli.local.ports import LOOPBACK
from cli.local.program import Program
from cli.local.programs import marked


def prepared(installation: Installation) -> list[Program]:
    """Makes what the servers need on their first start, and returns them for the supervisor."""
    programs, logs = [], installation.places.logs
    if installation.needs_postgres:
        cluster = postgres.placed(installation.places, installation.ports["postgres"])
        cluster.make(installation.secrets.postgres_password)
        programs.append(cluster.program(logs / "postgres.log"))
    if installation.needs_valkey:
        server = valkey.placed(installation.places, installation.ports["valkey"])
        server.make(installation.secrets.redis_passwords)
        programs.append(server.program(logs / "valkey.log"))
    return [marked(installation, program) for program in programs]


def wait_and_furnish(installation: Installation, patience: float = 60.0) -> None:
    """Waits until the servers answer, and creates the databases that are missing.

    Raises TimeoutError after `patience` seconds; a cluster that was killed has to read its log again first.
    """
    until = time.monotonic() + patience
    if installation.needs_valkey:
        _wait_for_port(installation.ports["valkey"], until)
    if installation.needs_postgres:
        _wait_for_port(installation.ports["postgres"], until)
        _create_databases(installation, until)


def _wait_for_port(port: int, until: float) -> None:
    while True:
        try:
            socket.create_connection((LOOPBACK, port), timeout=2).close()
        except OSError:
            if time.monotonic() > until:
                message = f"nothing answers at port {port}"
                raise TimeoutError(message) from None
            time.sleep(0.05)
        else:
            return


def _create_databases(installation: Installation, until: float) -> None:
    from psycopg import OperationalError

    while True:
        try:
            databases.create(installation.ports["postgres"], installation.secrets)
        except OperationalError:  # it starts up, or recovers
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
