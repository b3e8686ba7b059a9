"""Handovers: what an organization still had to decide goes to another, case by case."""

from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.review.models.base import Table
from shared.kit.columns import switch
from shared.kit.jobs import JobPolicy, JobRow, job_constraints


class Handover(Table, JobRow, table=True):
    """The job that hands an organization's open cases and waiting change requests to another; one at a time."""

    job: ClassVar[JobPolicy] = JobPolicy(name="review.hand_over", backoff=5, give_up_after=timedelta(days=1))

    __tablename__ = "handover"
    __table_args__ = (
        *job_constraints("handover"),
        CheckConstraint("from_id <> to_id", name="handover_to_another"),
        Index(
            "handover_one_at_a_time",
            "from_id",
            unique=True,
            postgresql_where=text("status IN ('queued','running','retry') AND NOT merges"),
        ),
    )

    from_id: UUID
    to_id: UUID
    asked_by: UUID
    merges: bool = switch()
    """The whole organization goes to the other: what it had decided, and whom it employs, as well."""
    takes_approved: bool = switch()
    """The other answers for what was approved at last, too: change requests and returns of it."""
    total: int
    """Cases and change requests that were open when it was asked for."""
    done: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
