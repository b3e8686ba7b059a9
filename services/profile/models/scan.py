"""Tables of scans: the files with what became of them, and the jobs that process them and tell of bad ones."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from services.profile.models.base import Table
from shared.kit.columns import instant, jsonb, sealed
from shared.kit.jobs import JobPolicy, JobRow, job_constraints


class Scan(Table, table=True):
    """An uploaded file that proves a field. Its bytes lie encrypted in the files; `sha256` is of those uploaded."""

    __tablename__ = "scan"
    __table_args__ = (
        CheckConstraint("status IN ('received','processing','ready','rejected')", name="scan_status_known"),
        CheckConstraint("purpose IN ('photo','id_scan','proof')", name="scan_purpose_known"),
        CheckConstraint("(status = 'rejected') = (code IS NOT NULL)", name="scan_rejected_with_a_code"),
        CheckConstraint("(code IS NULL) = (reason IS NULL)", name="scan_code_with_its_reason"),
        CheckConstraint("(status = 'ready') = (pages > 0)", name="scan_ready_with_pages"),
        Index("scan_of_account", "account_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    account_id: UUID
    purpose: str
    status: str = Field(default="received", sa_column_kwargs={"server_default": "received"})
    code: str | None = None
    reason: str | None = None
    """The Chinese source sentence of the code."""
    media_type: str
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    sha256: str = Field(index=True)
    cleaned_type: str | None = None
    cleaned_sha256: str | None = None
    pages: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    page_hashes: list[str] = jsonb(server_default="[]")
    flags: list[str] = jsonb(server_default="[]")
    checks: list[dict[str, object]] = jsonb(server_default="[]")
    attention: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """How many of its checks ask a person to look."""
    steps: list[dict[str, object]] = jsonb(server_default="[]")
    """How each step of the pipeline went."""
    named_at: datetime | None = instant(nullable=True)
    """When a draft last named it."""
    created_at: datetime = instant(default=True)
    processed_at: datetime | None = instant(nullable=True)


class ScanReading(Table, table=True):
    """What the OCR read on a scan, so that checks can run again without it."""

    __tablename__ = "scan_reading"

    scan_id: UUID = Field(sa_column=Column(ForeignKey("scan.id", ondelete="CASCADE"), primary_key=True))
    account_id: UUID = Field(index=True)
    lines: bytes = sealed()
    """Text, score, page and box of each line (JSON)."""
    read_at: datetime = instant(default=True)


class ScanPrint(Table, table=True):
    """What one page of a scan is told by when another applicant uploads the same: tokens, and what it looks like."""

    __tablename__ = "scan_print"
    __table_args__ = (
        Index("scan_print_tokens", "tokens", postgresql_using="gin"),
        Index("scan_print_of_account", "account_id"),
    )

    scan_id: UUID = Field(sa_column=Column(ForeignKey("scan.id", ondelete="CASCADE"), primary_key=True))
    page: int = Field(primary_key=True)
    account_id: UUID
    person: str | None = None
    """The keyed index of the owner's ID number: one person may have two accounts."""
    tokens: list[str] = Field(sa_type=ARRAY(String), sa_column_kwargs={"server_default": "{}"})
    looks: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """The difference hash (128 hex digits) and the colours of 8 × 8 fields (384), where no text tells the page."""


class ScanRecheck(Table, JobRow, table=True):
    """Checking an account's scans again after what is declared has changed; one waits at a time."""

    job: ClassVar[JobPolicy] = JobPolicy(name="profile.check_scans")

    __tablename__ = "scan_recheck"
    __table_args__ = (
        *job_constraints("scan_recheck"),
        Index("scan_recheck_one_waits", "account_id", unique=True, postgresql_where=text("status = 'queued'")),
    )

    account_id: UUID


class ScanJob(Table, JobRow, table=True):
    """The processing of one scan."""

    job: ClassVar[JobPolicy] = JobPolicy(name="profile.process_scan", lease=35, attempts=4, backoff=5)

    __tablename__ = "scan_job"
    __table_args__ = job_constraints("scan_job")

    scan_id: UUID = Field(index=True)
    from_step: str | None = None
    """The step from which a scan is run again; None from the file as it was uploaded."""


class ScanNotice(Table, JobRow, table=True):
    """Telling one account of its bad scans, a while after the last of them; one waits at a time."""

    job: ClassVar[JobPolicy] = JobPolicy(name="profile.tell_bad_scans")

    __tablename__ = "scan_notice"
    __table_args__ = (
        *job_constraints("scan_notice"),
        Index("scan_notice_one_waits", "account_id", unique=True, postgresql_where=text("status = 'queued'")),
    )

    account_id: UUID
