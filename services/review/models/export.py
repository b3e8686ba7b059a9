"""Exports: every worklist that was taken out as a spreadsheet; large ones are written by a job."""

from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from services.review.models.base import Table
from shared.kit.columns import switch
from shared.kit.jobs import JobPolicy, JobRow, job_constraints


class SheetExport(Table, JobRow, table=True):
    """Who took which list; a small one is `done` at once and keeps no file."""

    job: ClassVar[JobPolicy] = JobPolicy(name="review.write_export", lease=60, attempts=3, backoff=5)

    __tablename__ = "sheet_export"
    __table_args__ = (
        *job_constraints("sheet_export"),
        Index("sheet_export_of_account", "account_id", "created_at"),
        Index("sheet_export_with_file", "created_at", postgresql_where=text("has_file")),
    )

    account_id: UUID
    organization_id: UUID
    filters: str
    """Wrapped: a search may hold a name."""
    language: str
    total: int
    done: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    has_file: bool = switch()
