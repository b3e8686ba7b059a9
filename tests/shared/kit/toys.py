"""A table of jobs for tests of the kit."""

from typing import ClassVar

from sqlalchemy.orm import registry
from sqlmodel import SQLModel

from shared.kit.jobs import Job, JobPolicy, JobRow, Work, job_constraints

QUEUE = "kit.toys"


class Table(SQLModel, registry=registry()):
    """The base of this test's tables."""


class Toy(JobRow, Table, table=True):
    """A job that does what its name says."""

    __tablename__ = "toy"
    __table_args__ = job_constraints("toy")
    job: ClassVar[JobPolicy] = JobPolicy(name="kit.toy", lease=30, attempts=3, backoff=60)

    what: str = ""


async def play(work: Work[Toy]) -> None:
    """Do nothing, or fail where the row says so."""
    if work.row.what == "fail":
        raise ValueError


JOBS = (Job(Toy, play, (QUEUE,)),)
