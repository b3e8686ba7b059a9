"""The figures of all time at a hundred thousand cases: how long each answer takes that administrators ask for."""

import asyncio
import os
import time
from importlib import import_module
from uuid import uuid4

import psycopg

from bench.figures import said
from bench.world import World
from services.review.queries import Wanted, statistics
from services.review.queries.statistics import KEPT
from shared.contracts.identity import Caller
from shared.kit.database import Database

MIGRATION = import_module("services.review.migrations.versions.0011_two_tallies")
BY_PLACE, BY_MONTH = MIGRATION.BY_PLACE, MIGRATION.BY_MONTH
CASES = int(os.environ.get("BENCH_CASES", "100000"))
FILL = (
    "ALTER TABLE history DISABLE TRIGGER USER",
    """INSERT INTO organization (id, version, name, kind, region, municipal, programmes)
       SELECT md5('e' || n)::uuid, 1, 'employer ' || n, 'employer', '3714' || lpad((n % 12 + 2)::text, 2, '0'), false,
         '["dezhou-talent-pool"]' FROM generate_series(1, 500) n ON CONFLICT DO NOTHING""",
    """INSERT INTO review_case (id, submission_id, programme, account_id, applicant_name, employer_id, employer_name,
         state, round, version, position, route, tier, approved_on)
       SELECT md5('c' || n)::uuid, md5('s' || n)::uuid, 'dezhou-talent-pool', md5('a' || n)::uuid, 'x',
         md5('e' || n % 500 + 1)::uuid, 'x', 'approved', 1, 1, 4, '[]', 'city_talent_office', '2026-01-01'
       FROM generate_series(1, {cases}) n""",
    """INSERT INTO history (id, case_id, seq, kind, at, round, version, tier, organization_id, organization_name,
         reviewer_id, decision, comment, remarks, category, arrived_at, prev_hash, hash)
       SELECT gen_random_uuid(), md5('c' || n)::uuid, t, 'decided', moment + took, 1, 1, tier,
         CASE t WHEN 1 THEN md5('e' || n % 500 + 1) WHEN 2 THEN md5('h' || n % 12) WHEN 3 THEN md5('o' || n % 12)
           ELSE md5('city' || t) END::uuid, 'x', gen_random_uuid(),
         CASE WHEN t = 2 AND n % 5 = 0 THEN 'return' ELSE 'approve' END, 'x',
         CASE WHEN t = 2 AND n % 5 = 0 THEN '[{{"section": "basic", "comment": "x"}}, {{"section": "work"}}]'
           ELSE '[]' END::jsonb, CASE t WHEN 5 THEN chr(65 + n % 5) END, moment, 'x', 'x'
       FROM generate_series(1, {cases}) n,
         unnest(ARRAY['employer','county_hr_bureau','county_talent_office','city_service_centre','city_talent_office'])
           WITH ORDINALITY AS tiers(tier, t),
         LATERAL (SELECT timestamptz '2025-11-01' + n % 360 * interval '1 day' + t * interval '1 hour',
           -ln(1 - random()) * interval '3 days' + n * interval '0 s') AS times(moment, took)""",
    "DELETE FROM tally",
    BY_PLACE,
    BY_MONTH,
    "ANALYZE",
)


def run(world: World) -> None:
    """Fill review's database with cases that were decided by five tiers, and ask for every breakdown."""
    started = time.monotonic()
    with psycopg.connect(world.plain("review"), autocommit=True) as connection:
        for statement in FILL:
            connection.execute(statement.format(cases=CASES).encode())
        row = connection.execute("SELECT count(*), (SELECT count(*) FROM history) FROM tally").fetchone()
    print(f"{CASES} cases filled in {time.monotonic() - started:.0f} s; tallies and entries: {row}")
    asyncio.run(_ask(world.databases["review"]))


async def _ask(url: str) -> None:
    """Every breakdown a few times, none from what is kept."""
    database = Database(url, pool_size=1)
    admin = Caller(actor="gateway", account_id=uuid4(), roles=frozenset({"administrator"}))
    for by in (None, "tier", "organization", "county", "category", "month"):
        times = []
        for _ in range(7):
            KEPT.clear()
            began = time.perf_counter()
            await database.read(statistics, admin, Wanted(), by)
            times.append(1000 * (time.perf_counter() - began))
        said(f"figures of all time at {CASES} cases, by {by or 'tier at its office'}", times)
    await database.close()
