"""A process for a test that may die at a fault point: it carries one letter."""

import asyncio
import sys
from uuid import UUID

from services.notify.tasks import JOBS
from shared.kit.database import Database
from shared.kit.running import run_job


async def carry(url: str, delivery_id: str) -> None:
    """Carry the letter as a worker does."""
    database = Database(url)
    await run_job(database, JOBS[0], UUID(delivery_id))
    await database.close()


if __name__ == "__main__":
    asyncio.run(carry(*sys.argv[1:]))
