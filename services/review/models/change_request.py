"""Change requests as the deciding organization sees them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.review.models.base import Table
from shared.kit.columns import instant, jsonb, sealed


class ChangeRequest(Table, table=True):
    """A change of approved data that one organization decides. `content` is fetched from profile once and kept."""

    __tablename__ = "change_request"
    __table_args__ = (
        CheckConstraint("status IN ('waiting','approved','rejected','withdrawn')", name="change_request_status_known"),
        CheckConstraint("kind IN ('change','add','remove')", name="change_request_kind_known"),
        CheckConstraint(
            "(status IN ('approved','rejected')) = (decided_at IS NOT NULL AND reviewer_id IS NOT NULL)",
            name="change_request_decided_by_a_reviewer",
        ),
        CheckConstraint(
            "status <> 'rejected' OR btrim(coalesce(comment, '')) <> ''",
            name="change_request_rejected_with_a_comment",
        ),
        Index(
            "change_request_waiting",
            "organization_id",
            "filed_at",
            "id",
            postgresql_where=text("status = 'waiting'"),
        ),
        Index("change_request_of_organization", "organization_id", "filed_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    submission_id: UUID = Field(index=True)
    programme: str
    account_id: UUID
    applicant_name: str
    employer_id: UUID
    employer_name: str
    section: str
    entry_id: UUID | None = None
    kind: str
    fields: list[str] = jsonb()
    organization_id: UUID
    organization_name: str
    tier: str
    id_index: str = Field(default="", sa_column_kwargs={"server_default": ""})
    filed_at: datetime = instant()
    status: str = Field(default="waiting", sa_column_kwargs={"server_default": "waiting"})
    content: bytes | None = sealed(nullable=True)
    comment: str | None = None
    reviewer_id: UUID | None = None
    decided_at: datetime | None = instant(nullable=True)
