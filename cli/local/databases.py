"""The databases of a local installation: one a service, each owned by a role of its own."""

from typing import TYPE_CHECKING

from cli.local.ports import LOOPBACK
from cli.local.postgres import SUPERUSER
from cli.local.secrets import Secrets

if TYPE_CHECKING:
    import psycopg


def create(port: int, secrets: Secrets) -> None:
    """Creates the role and the database of each service, where they are not there yet."""
    import psycopg

    with psycopg.connect(
        host=LOOPBACK,
        port=port,
        user=SUPERUSER,
        password=secrets.postgres_password,
        dbname="postgres",
        autocommit=True,
    ) as connection:
        there = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
        for service, password in secrets.database_passwords.items():
            if (name := f"juxian_{service}") not in there:
                _create_one(connection, name, password)


def _create_one(connection: "psycopg.Connection", name: str, password: str) -> None:
    from psycopg import sql

    role = sql.Identifier(name)
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = sql.SQL("ALTER" if known else "CREATE")
    connection.execute(sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, role, sql.Literal(password)))
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))
    # Nobody else may look in.
    connection.execute(sql.SQL("REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC").format(role))
