"""Duplicates among a million scans: how long the look-up of one, and of a case of thirty, takes."""

import asyncio
import os
import time
from uuid import UUID

import psycopg

from bench.figures import said
from bench.world import running
from services.profile.queries.duplicates import duplicates
from shared.kit.database import Database

_FILL = """
INSERT INTO scan (id, account_id, purpose, status, media_type, size, sha256, pages)
SELECT md5('s' || n)::uuid, md5('a' || n / 20)::uuid, 'proof', 'ready', 'image/jpeg', 1000, md5('b' || n), 1
FROM generate_series(1, {count}) n;
INSERT INTO scan_print (scan_id, page, account_id, person, tokens, looks)
SELECT md5('s' || n)::uuid, 1, md5('a' || n / 20)::uuid, md5('p' || n / 20), ARRAY['bytes:' || md5('b' || n)] ||
  CASE WHEN n % 20 = 0 THEN (SELECT array_agg('look:' || part || ':' || left(md5('l' || n || part), 8))
                             FROM generate_series(0, 15) part)
       WHEN n % 20 = 1 THEN ARRAY['text:' || md5('n' || n), 'text:' || md5('shared' || n % 1000)]
       ELSE ARRAY['text:' || md5('n' || n)] END, repeat('5', 512)
FROM generate_series(1, {count}) n;
"""
"""Twenty scans a person: one picture, one with a number that a thousandth of all carry too, the rest with their own."""


def run(count: int = 1_000_000, asked: int = 200) -> None:
    """Fill a database of its own, and look duplicates up."""
    with running() as world:
        started = time.monotonic()
        with psycopg.connect(world.plain("profile"), autocommit=True) as connection:
            connection.execute("DROP INDEX scan_print_tokens")
            for statement in _FILL.format(count=count).split(";\n")[:2]:
                connection.execute(statement.encode())
            connection.execute("CREATE INDEX scan_print_tokens ON scan_print USING gin (tokens)")
            connection.execute("ANALYZE scan_print")
            row = connection.execute("SELECT pg_relation_size('scan_print_tokens') / 1048576").fetchone()
        print(f"{count} scans filled in {time.monotonic() - started:.0f} s; the index holds {row and row[0]} MB")
        asyncio.run(_ask(world.databases["profile"], count, asked))


async def _ask(url: str, count: int, asked: int) -> None:
    """Look up scans one by one, then thirty at a time."""
    database = Database(url, pool_size=1)
    with psycopg.connect(url.replace("+psycopg", "", 1)) as connection:
        wanted = f"SELECT md5('s' || n)::uuid FROM generate_series(1, {count}, {count // asked // 30}) n"
        ids = [UUID(str(scan_id)) for (scan_id,) in connection.execute(wanted.encode())]
    for size in (1, 30):
        times = []
        for at in range(asked):
            started = time.perf_counter()
            await database.read(duplicates, ids[at * size : (at + 1) * size])
            times.append(1000 * (time.perf_counter() - started))
        said(f"duplicates of {size} among {count} (load {os.getloadavg()[0]:.1f})", times)
    await database.close()
