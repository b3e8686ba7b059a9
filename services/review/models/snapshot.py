"""Snapshots: the immutable, encrypted copies of versions that were opened here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from services.review.models.base import Table
from shared.kit.columns import instant, sealed


class Snapshot(Table, table=True):
    """One version's sections and scans, sealed with its applicant's key. A trigger refuses to change or delete it."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("case_id", "version", name="snapshot_of_a_version"),)

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="review_case.id")
    version: int
    content: bytes = sealed()
    content_hash: str
    """As profile gave it: SHA-256 over its own ciphertext."""
    kept_at: datetime = instant(default=True)
