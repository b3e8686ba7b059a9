"""A job that is done ends, whatever becomes of what keeps its lease."""

import asyncio

import pytest
from sqlalchemy import text

from shared.kit import running, stopping
from shared.kit.database import Database, Session
from shared.kit.jobs import Work, later
from tests.shared.kit.toys import JOBS, QUEUE, Toy


async def _deaf(_work: Work[Toy]) -> None:
    """Swallow the first cancellation, as asyncio.wait_for may before Python 3.12."""
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        await asyncio.Event().wait()


async def add(session: Session) -> Toy:
    """Add a job."""
    toy = Toy(queue=QUEUE)
    later(session, toy)
    return toy


@pytest.mark.timeout(10)
async def test_a_job_ends_though_its_renewal_did_not_hear(
    kit_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "TOLD_AGAIN", 0.01)
    monkeypatch.setattr(running, "_keep_lease", _deaf)
    toy = await kit_database.act(add)

    await running.run_job(kit_database, JOBS[0], toy.id)

    async with kit_database.engine.connect() as connection:
        assert (await connection.execute(text("SELECT status FROM toy"))).scalars().all() == ["done"]
