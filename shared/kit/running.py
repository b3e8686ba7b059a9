"""Runs one claimed job: keeps its lease alive meanwhile, and turns how it ended into the row's state."""

import asyncio
import contextlib
from typing import TypeVar
from uuid import UUID

import structlog

from shared.kit.database import Database
from shared.kit.jobs import GiveUp, Job, JobRow, LeaseLost, Postpone, Work, claim
from shared.kit.logs import follow
from shared.kit.stopping import end

RENEW_EVERY = 10.0
Row = TypeVar("Row", bound=JobRow)
log = structlog.get_logger(__name__)


async def run_job(database: Database, job: Job[Row], row_id: UUID) -> None:
    """Claim the row and run its action once; a row that is not due is left alone."""
    row = await database.act(claim, job.table, row_id)
    if row is None:
        return
    follow(row.request_id or str(row_id))
    work = Work(database, row)
    heart = asyncio.create_task(_keep_lease(work))
    try:
        await _attempt(job, work)
    finally:
        await end([heart])


async def _attempt(job: Job[Row], work: Work[Row]) -> None:
    """Run the action; every way to end leaves the row in a state that says so."""
    try:
        await job.run(work)
        if not work.is_finished:
            async with work.database.transaction() as session:
                await work.finish(session)
    except LeaseLost:
        log.warning("lease_lost", job=work.row.job.name, row=str(work.row.id))
    except Postpone as order:
        await work.postpone(order.cause, order.after, job.on_failure)
    except GiveUp as order:
        await work.give_up(order.cause, order.status)
    except Exception as error:
        log.exception("job_failed", job=work.row.job.name, row=str(work.row.id), attempt=work.row.attempts)
        with contextlib.suppress(LeaseLost):
            await work.postpone(type(error).__name__, None, job.on_failure)


async def _keep_lease(work: Work[Row]) -> None:
    """Renew the lease until the attempt ends; a database that is away is asked again."""
    while True:
        await asyncio.sleep(min(RENEW_EVERY, work.row.job.lease / 3))
        try:
            if not await work.renew():
                return
        except Exception as error:  # noqa: BLE001 - a missed beat is not the end of the job
            log.warning("lease_not_renewed", row=str(work.row.id), error=type(error).__name__)
