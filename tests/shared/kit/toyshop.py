"""A worker process for tests: it serves toys from the database and the broker that its arguments name."""

import asyncio
import sys

from sqlalchemy import text

from shared.kit import logs
from shared.kit.jobs import Job, JobPolicy, Work
from shared.kit.workers import Trade, worker
from tests.shared.kit.toys import QUEUE, Toy

HASTY = JobPolicy(name="kit.toy", lease=2, attempts=3, backoff=60)
"""A dead worker's toy is free again in two seconds."""


async def play(work: Work[Toy]) -> None:
    """Say that it has begun, and for ever go on at the first try of what is to hang; note what is done."""
    await _note(work, f"begun {work.row.attempts}")
    if work.row.what == "hang" and work.row.attempts == 1:
        await asyncio.Event().wait()
    async with work.database.transaction() as session:
        await session.execute(text("INSERT INTO effect (what) VALUES ('done')"))
        await work.finish(session)


async def _note(work: Work[Toy], what: str) -> None:
    """Leave a trace at once."""
    async with work.database.transaction() as session:
        await session.execute(text("INSERT INTO effect (what) VALUES (:what)"), {"what": what})


JOBS = (Job(Toy, play, (QUEUE,)),)


def main(database_url: str, redis_url: str) -> None:
    """Serve until the process is killed."""
    Toy.job = HASTY
    logs.configure("toyshop", "warning")
    app = worker(redis_url, [Trade(database_url, JOBS, ())], (QUEUE,))
    app.worker_main(
        ["worker", "--pool", "threads", "--concurrency", "2", "--queues", QUEUE, "--without-gossip",
         "--without-mingle", "--loglevel", "WARNING"]
    )  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
