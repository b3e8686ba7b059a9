"""Migrations: what every service's Alembic environment does, and the tables that the kit itself needs."""

from typing import Any

from alembic import context
from sqlalchemy import MetaData, create_engine, pool, text
from sqlmodel import SQLModel

from shared.kit import deadletters, inbox, outbox, vault
from shared.kit.settings import Settings
from shared.kit.web import once

KIT_TABLES = (outbox.Outbox, inbox.Inbox, deadletters.DeadEvent, vault.PersonKey, once.Idempotency)
CLOCK = """
CREATE TABLE clock (one boolean PRIMARY KEY DEFAULT true CHECK (one), ahead interval NOT NULL DEFAULT '0');
INSERT INTO clock DEFAULT VALUES;
CREATE FUNCTION juxian_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT now() + (SELECT ahead FROM clock) $$;
"""
NOT_OURS = frozenset({"clock", "alembic_version"})


def run(metadata: MetaData, settings: Settings) -> None:
    """Run a service's migrations; called by its `migrations/env.py`, which names the tables and the settings.

    The database's URL is `sqlalchemy.url` of Alembic's configuration where it is given, else that of the settings.
    """
    url = context.config.get_main_option("sqlalchemy.url") or str(settings.database_url)  # type: ignore[attr-defined]  # each service's settings have it
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=[metadata, SQLModel.metadata],
            compare_server_default=False,
            include_name=lambda name, kind, _: not (kind == "table" and name in NOT_OURS),
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            connection.execute(text("SET lock_timeout = '1s'"))
            context.run_migrations()


def create_kit_tables(op: Any) -> None:  # noqa: ANN401 - Alembic's `op` is a module, or an object like it
    """Create the kit's tables and the clock: the first lines of every service's first revision."""
    op.execute(CLOCK)
    bind = op.get_bind()
    SQLModel.metadata.create_all(
        bind, tables=[SQLModel.metadata.tables[str(table.__tablename__)] for table in KIT_TABLES]
    )
