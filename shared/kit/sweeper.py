"""The sweeper: sends again what is due, and takes rows back from workers that died (one active per service)."""

import asyncio
from uuid import UUID

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.kit import dispatch
from shared.kit.database import Database, Session
from shared.kit.jobs import AnyJob
from shared.kit.lanes import lane_of
from shared.kit.locks import LockLostError, only_one
from shared.kit.redis import KEY_PREFIX, run_id

QUEUE_LIMIT = 200
UNSENT_AFTER = "2 seconds"
AGAIN_AFTER = "90 seconds"
TICK = 1.0
DIED = "worker died"
log = structlog.get_logger(__name__)


class Sweeper:
    """Looks over the job tables of one service, each second."""

    def __init__(self, database: Database, redis: Redis, jobs: tuple[AnyJob, ...]) -> None:
        """Keep what it looks over."""
        self.database, self.redis, self.jobs = database, redis, jobs
        self.known_run_id: str | None = None

    async def run(self) -> None:
        """Sweep for ever, while no other sweeper of this service holds the lock."""
        if not self.jobs:
            return
        while True:
            try:
                async with only_one(self.database, "sweeper"):
                    while True:
                        await self.sweep()
                        await asyncio.sleep(TICK)
            except (LockLostError, DBAPIError, OSError) as error:
                log.warning("sweeper_without_database", error=type(error).__name__)
                await asyncio.sleep(TICK)

    async def sweep(self) -> None:
        """One round over all tables; with the broker away rows wait where they are."""
        for job in self.jobs:
            await self._take_back(job)
        try:
            restarted = await self._broker_restarted()
            for job in self.jobs:
                if restarted:
                    await self._forget(job)
                for queue in job.queues:
                    await self._send_due(job, queue)
        except (RedisError, OSError) as error:
            log.warning("sweeper_without_broker", error=type(error).__name__)

    async def _broker_restarted(self) -> bool:
        """Whether the broker is another process than at the last round: what it carried may be gone."""
        present = await run_id(self.redis)
        restarted = self.known_run_id is not None and present != self.known_run_id
        self.known_run_id = present
        return restarted

    async def _take_back(self, job: AnyJob) -> None:
        """Free rows whose lease ran out: again, or failed where they were tried often enough.

        A row that is tried for hours whatever its attempts is let go when its workers die one after the other.
        """
        policy, table = job.table.job, job.table.__tablename__
        enough = "attempts >= :attempts" + f" AND last_error = '{DIED}'" * bool(policy.give_up_after)
        statement = text(
            f"UPDATE {table} SET lease_until = NULL, enqueued_at = NULL, next_at = juxian_now(),"  # noqa: S608 - our own table's name
            f" status = CASE WHEN {enough} THEN 'failed' ELSE 'retry' END,"
            f" finished_at = CASE WHEN {enough} THEN juxian_now() END,"
            f" last_error = '{DIED}' WHERE status = 'running' AND lease_until < juxian_now() RETURNING id, status"
        )
        async with self.database.transaction() as session:
            for row_id, status in (await session.execute(statement, {"attempts": policy.attempts})).all():
                log.warning("job_taken_back", job=policy.name, row=str(row_id), status=status)
                if status == "failed" and job.on_failure:
                    await job.on_failure(session, row_id)

    async def _forget(self, job: AnyJob) -> None:
        """Count nothing as sent: the broker came back as another process."""
        statement = text(
            f"UPDATE {job.table.__tablename__} SET enqueued_at = NULL WHERE status IN ('queued','retry')"  # noqa: S608 - as above
        )
        async with self.database.transaction() as session:
            await session.execute(statement)

    async def _send_due(self, job: AnyJob, queue: str) -> None:
        """Send what is due and not on its way, while the queue is short."""
        lane = lane_of(queue)
        room = QUEUE_LIMIT - int(await self.redis.llen(KEY_PREFIX + lane.key))
        if lane.is_slow and job.slow_pace is not None:
            room = min(room, job.slow_pace())
        if room <= 0:
            return
        async with self.database.transaction() as session:
            for row_id in await _due(session, str(job.table.__tablename__), queue, room):
                dispatch.after_commit(session, job.table.job.name, queue, row_id)


async def _due(session: Session, table: str, queue: str, room: int) -> list[UUID]:
    """Mark due rows as sent and give their ids, the oldest first."""
    statement = text(
        f"UPDATE {table} SET enqueued_at = juxian_now() WHERE id IN (SELECT id FROM {table}"  # noqa: S608 - our own table's name
        " WHERE status IN ('queued','retry') AND queue = :queue AND next_at <= juxian_now()"
        f" AND ((enqueued_at IS NULL AND (status = 'retry' OR next_at < juxian_now() - interval '{UNSENT_AFTER}'"
        f" OR next_at > created_at)) OR enqueued_at < juxian_now() - interval '{AGAIN_AFTER}')"
        " ORDER BY next_at LIMIT :room FOR UPDATE SKIP LOCKED) RETURNING id"
    )
    return list((await session.execute(statement, {"queue": queue, "room": room})).scalars())
