"""Tables of documents that are drawn by a job, kept for a while, and fetched by who asked for them."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, text
from sqlmodel import Field

from services.profile.models.base import Table
from shared.kit.columns import instant
from shared.kit.jobs import JobPolicy, JobRow, job_constraints


class Document(Table, JobRow, table=True):
    """A dossier or an export: whose it is, who asked, what it shows, and how far its drawing has come."""

    job: ClassVar[JobPolicy] = JobPolicy(name="profile.draw_document", lease=120, attempts=3, backoff=5)

    __tablename__ = "document"
    __table_args__ = (
        *job_constraints("document"),
        CheckConstraint("kind IN ('dossier','export')", name="document_kind_known"),
        CheckConstraint("kind <> 'dossier' OR submission_id IS NOT NULL", name="document_dossier_of_a_submission"),
        CheckConstraint("status <> 'done' OR size IS NOT NULL", name="document_done_with_its_size"),
        Index(
            "document_asked_once",
            "asked_by",
            "kind",
            "account_id",
            "fingerprint",
            unique=True,
            postgresql_where=text("status NOT IN ('failed','cancelled')"),
        ),
        Index("document_expires", "expires_at"),
    )

    kind: str
    account_id: UUID
    """Whose data it holds: its file is sealed under that person's key."""
    submission_id: UUID | None = None
    version: int | None = None
    fingerprint: str
    """Of the state that it shows: another state asks for another document."""
    asked_by: UUID
    asked_as: str
    """`owner`, `reviewer` or `administrator`."""
    total: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    drawn: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    size: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    expires_at: datetime = instant()
