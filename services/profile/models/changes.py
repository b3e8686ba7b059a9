"""Tables of change requests: what of approved data shall become what, and which fields wait for a decision."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.profile.models.base import Table
from shared.kit.columns import instant, jsonb, sealed, switch


class ChangeRequest(Table, table=True):
    """A request to change approved data: one field or more of a section, an entry more, or an entry less."""

    __tablename__ = "change_request"
    __table_args__ = (
        CheckConstraint("status IN ('waiting','approved','rejected','withdrawn')", name="change_request_status_known"),
        CheckConstraint("kind IN ('change','add','remove')", name="change_request_kind_known"),
        CheckConstraint("kind <> 'remove' OR entry_id IS NOT NULL", name="change_request_removes_an_entry"),
        CheckConstraint("(status = 'waiting') = (ended_at IS NULL)", name="change_request_ended_unless_waiting"),
        CheckConstraint("status <> 'rejected' OR comment IS NOT NULL", name="change_request_rejected_with_comment"),
        CheckConstraint("status <> 'withdrawn' OR sealed_at IS NULL", name="change_request_withdrawn_unsealed"),
        Index("change_request_of_account", "account_id", "id"),
        Index(
            "change_request_unsettled_seals",
            "sealed_at",
            postgresql_where=text("sealed_at IS NOT NULL AND status = 'waiting'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    submission_id: UUID = Field(foreign_key="submission.id")
    account_id: UUID
    programme: str
    section: str
    entry_id: UUID | None = None
    kind: str
    fields: list[str] = jsonb()
    changes: bytes = sealed()
    """`[{field, old, new}]` (JSON)."""
    reason: bytes = sealed()
    scans: list[str] = jsonb(server_default="[]")
    """Every scan that it names: as proof, and as a new value."""
    checks: dict[str, list[dict[str, Any]]] = jsonb(server_default="{}")
    """By scan: its checks against the record as it shall become."""
    organization_id: UUID
    organization_name: str
    tier: str
    status: str = Field(default="waiting", sa_column_kwargs={"server_default": "waiting"})
    comment: str | None = None
    sealed_at: datetime | None = instant(nullable=True)
    filed_at: datetime = instant(default=True)
    ended_at: datetime | None = instant(nullable=True)
    applied_version: int | None = None


class ChangedField(Table, table=True):
    """A field that a change request touches; of the waiting ones each is there once."""

    __tablename__ = "changed_field"
    __table_args__ = (
        Index(
            "changed_field_waits_once",
            "submission_id",
            "section",
            "entry_id",
            "field",
            unique=True,
            postgresql_where=text("waiting"),
            postgresql_nulls_not_distinct=True,
        ),
    )

    change_request_id: UUID = Field(primary_key=True, foreign_key="change_request.id")
    field: str = Field(primary_key=True)
    """`*` where the whole entry goes."""
    submission_id: UUID = Field(foreign_key="submission.id")
    section: str
    entry_id: UUID | None = None
    waiting: bool = switch(on=True)
