"""Jobs: rows with state, lease and next time; Celery carries their ids alone (laws 1 and 2).

A row is queued → running → done, or retry (again at `next_at`), failed (given up), cancelled (no longer wanted).
Every time is the database's. `attempts` fences: who lost the lease can finish nothing.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Generic, TypeVar, cast
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, update
from sqlmodel import Field, SQLModel, col

from shared.kit import clock, dispatch, logs
from shared.kit.columns import instant
from shared.kit.database import Database, Session
from shared.kit.ids import new_id

ENDED = ("done", "failed", "cancelled")


@dataclass(frozen=True, slots=True)
class JobPolicy:
    """How jobs of one table are run: the task's name, the lease in seconds, when to stop trying."""

    name: str
    lease: int = 30
    attempts: int = 4
    backoff: float = 30.0
    """Seconds before the second try; doubled at each further one, an hour at most."""
    give_up_after: timedelta | None = None
    """Counted from the row's making; with it, `attempts` does not end the trying."""

    def wait(self, attempts: int) -> float:
        """Seconds to wait after that many attempts."""
        return float(min(self.backoff * 2 ** (attempts - 1), 3600.0))


class JobRow(SQLModel):
    """The columns of a job; a table takes them in and names its policy in `job`."""

    job: ClassVar[JobPolicy]

    id: UUID = Field(default_factory=new_id, primary_key=True)
    queue: str
    status: str = Field(default="queued", sa_column_kwargs={"server_default": "queued"})
    attempts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    next_at: datetime = instant(default=True)
    lease_until: datetime | None = instant(nullable=True)
    enqueued_at: datetime | None = instant(nullable=True)
    last_error: str | None = None
    request_id: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Of the request that caused the job: it follows into the worker's log lines."""
    created_at: datetime = instant(default=True)
    finished_at: datetime | None = instant(nullable=True)


def job_constraints(table: str) -> tuple[Any, ...]:
    """What the database knows of a job's row; goes into the table's `__table_args__`."""
    return (
        CheckConstraint(
            "status IN ('queued','running','retry','done','failed','cancelled')", name=f"{table}_status_known"
        ),
        CheckConstraint("(status = 'running') = (lease_until IS NOT NULL)", name=f"{table}_leased_while_running"),
        Index(f"{table}_due", "next_at", postgresql_where="status IN ('queued','retry')"),
        Index(f"{table}_leased", "lease_until", postgresql_where="status = 'running'"),
    )


Row = TypeVar("Row", bound=JobRow)
OnFailure = Callable[[Session, UUID], Awaitable[None]]


class Postpone(Exception):  # noqa: N818 - an order, not an error
    """Try the job again: after that many seconds, or as its policy says."""

    def __init__(self, cause: str, after: float | None = None) -> None:
        """Keep the cause; it is shown to operators, so it holds nothing personal."""
        super().__init__(cause)
        self.cause, self.after = cause, after


class GiveUp(Exception):  # noqa: N818 - as above
    """Trying again is of no use: the row ends as failed, or as cancelled."""

    def __init__(self, cause: str, status: str = "failed") -> None:
        """Keep the cause, and how the row ends."""
        super().__init__(cause)
        self.cause, self.status = cause, status


class LeaseLost(Exception):  # noqa: N818 - what happened, not an error of ours
    """Another worker took the row over; whatever this one did is rolled back."""


def later(session: Session, row: JobRow) -> None:
    """Add a job's row; when the transaction has committed, its task is sent, unless `next_at` says not yet."""
    row.request_id = row.request_id or logs.request_id()
    session.add(row)
    if cast("datetime | None", row.next_at) is None:  # the database writes the present moment
        dispatch.after_commit(session, row.job.name, row.queue, row.id)


@dataclass
class Work(Generic[Row]):
    """A claimed row, in the hands of the worker that runs it."""

    database: Database
    row: Row
    is_finished: bool = False

    async def finish(self, session: Session, /, status: str = "done", **columns: object) -> None:
        """End the row in the caller's own transaction, together with the effects of the job.

        Raises LeaseLost when another worker took the row over meanwhile.
        """
        await self._end(session, status=status, finished_at=clock.now_sql(), **columns)
        self.is_finished = True

    async def _end(self, session: Session, **columns: Any) -> None:  # noqa: ANN401 - any column's value
        """Write the end of this attempt, fenced by its number."""
        table = type(self.row)
        fenced = (
            update(table)
            .where(
                col(table.id) == self.row.id,
                col(table.attempts) == self.row.attempts,
                col(table.status) == "running",
            )
            .values(lease_until=None, **columns)
            .execution_options(synchronize_session=False)
        )
        if (await session.execute(fenced)).rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has it
            raise LeaseLost

    async def postpone(self, cause: str, after: float | None, on_failure: OnFailure | None = None) -> None:
        """Give the row back for a later try, or end it as failed where its policy says enough."""
        policy, row = self.row.job, self.row
        wait = policy.wait(row.attempts) if after is None else after
        async with self.database.transaction() as session:
            if _is_enough(policy, row, await clock.now(session)):
                await self._end(session, status="failed", last_error=cause[:500], finished_at=clock.now_sql())
                if on_failure:
                    await on_failure(session, row.id)
            else:
                due = clock.now_sql() + timedelta(seconds=wait)
                await self._end(session, status="retry", last_error=cause[:500], next_at=due, enqueued_at=None)

    async def give_up(self, cause: str, status: str) -> None:
        """End the row for good."""
        async with self.database.transaction() as session:
            await self._end(session, status=status, last_error=cause[:500], finished_at=clock.now_sql())

    async def renew(self) -> bool:
        """Hold the row for another lease; False when it is lost."""
        table = type(self.row)
        held = (
            update(table)
            .where(
                col(table.id) == self.row.id,
                col(table.attempts) == self.row.attempts,
                col(table.status) == "running",
            )
            .values(lease_until=clock.now_sql() + timedelta(seconds=self.row.job.lease))
        )
        async with self.database.transaction() as session:
            return bool((await session.execute(held)).rowcount)  # type: ignore[attr-defined]  # as above


def _is_enough(policy: JobPolicy, row: JobRow, at: datetime) -> bool:
    """Whether the policy lets the row go."""
    if policy.give_up_after is not None:
        return at - row.created_at >= policy.give_up_after
    return row.attempts >= policy.attempts


async def claim(session: Session, table: type[Row], row_id: UUID) -> Row | None:
    """Take a due row for one attempt; None when it is not due, done, or in other hands."""
    taken = (
        update(table)
        .where(
            col(table.id) == row_id,
            col(table.status).in_(("queued", "retry")),
            col(table.next_at) <= clock.now_sql(),
        )
        .values(
            status="running",
            attempts=col(table.attempts) + 1,
            lease_until=clock.now_sql() + timedelta(seconds=table.job.lease),
        )
        .returning(table)
        .execution_options(synchronize_session=False)
    )
    return (await session.execute(taken)).scalar_one_or_none()


@dataclass(frozen=True)
class Job(Generic[Row]):
    """A table of jobs and the action that runs one of its rows: a line of a service's `tasks.py`."""

    table: type[Row]
    run: Callable[[Work[Row]], Awaitable[None]]
    queues: tuple[str, ...]
    on_failure: OnFailure | None = None
    """What follows when the kit itself ends the row as failed: tried too often, or its workers died."""
    slow_pace: Callable[[], int] | None = None
    """Tells how many a second are let through by a slow lane at most; None: as many as its queue has room for."""


AnyJob = Job[Any]


@dataclass(frozen=True, slots=True)
class Beat:
    """Something that is done again and again: every so many seconds, by whichever worker of the queue is free."""

    name: str
    run: Callable[[Database], Awaitable[None]]
    queue: str
    every: float


__all__ = [
    "ENDED", "AnyJob", "Beat", "GiveUp", "Job", "JobPolicy", "JobRow", "LeaseLost", "Postpone", "Work", "claim",
    "job_constraints", "later",
]  # fmt: skip
