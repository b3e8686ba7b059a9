"""The audit trail: one chain of entries that nobody changes, and what has been seen to be its end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from services.auth.models.base import Table
from shared.kit.columns import instant, jsonb


class AuditEntry(Table, table=True):
    """One entry. `position` counts from 1 without gaps; `hash` is SHA-256 over the hash before it and the entry.

    The database refuses to change or delete a row.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("audit_entry_of_actor", "actor_id", "position"),
        Index("audit_entry_of_action", "action", "position"),
        Index("audit_entry_of_subject", "subject_kind", "subject_id", "position"),
    )

    position: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    audit_id: UUID = Field(unique=True)
    at: datetime = instant(index=True)
    actor_id: UUID | None = None
    roles: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    organization_id: UUID | None = None
    action: str
    subject_kind: str
    subject_id: str | None = None
    programme: str | None = None
    reason: str | None = None
    detail: dict[str, Any] = jsonb()
    request_id: str
    previous_hash: bytes
    hash: bytes
