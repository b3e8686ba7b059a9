"""History: everything that happened to a case, for good; decisions are its entries of that kind."""

from datetime import datetime
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from services.review.models.base import Table
from shared.kit.columns import instant, jsonb, switch


class Entry(Table, table=True):
    """One thing that happened. A trigger refuses to change or delete it, and each holds the hash of the one before.

    `kind`: filed, withdrawn, decided, change_decided, change_applied, handed_over (`organization_name` has it now,
    `comment` names who had it, `reviewer_id` is the administrator). `reopens` marks the last tier's return of a
    case that it had approved. A tier decides once in a round: the database knows that too (law 4).
    """

    __tablename__ = "history"
    __table_args__ = (
        UniqueConstraint("case_id", "seq", name="history_in_order"),
        CheckConstraint(
            "kind IN ('filed','withdrawn','decided','change_decided','change_applied','handed_over')",
            name="history_kind_known",
        ),
        CheckConstraint(
            "(kind IN ('decided','change_decided')) = (decision IS NOT NULL AND reviewer_id IS NOT NULL)",
            name="history_decided_by_a_reviewer",
        ),
        CheckConstraint(
            "kind <> 'decided' OR decision IN ('approve','return')", name="history_decision_known"
        ),
        CheckConstraint(
            "decision NOT IN ('return','reject') OR btrim(coalesce(comment, '')) <> ''",
            name="history_returned_with_a_comment",
        ),
        CheckConstraint("remarks = '[]' OR decision = 'return'", name="history_remarks_of_a_return"),
        CheckConstraint("category IS NULL OR decision = 'approve'", name="history_category_of_an_approval"),
        CheckConstraint("membership_number IS NULL OR category IS NOT NULL", name="history_member_of_a_category"),
        CheckConstraint(
            "NOT reopens OR (kind = 'decided' AND decision = 'return')", name="history_reopened_by_a_return"
        ),
        Index(
            "history_tier_decides_once", "case_id", "round", "tier", unique=True,
            postgresql_where=text("kind = 'decided' AND NOT reopens"),
        ),
        Index("history_reopened_once", "case_id", "round", unique=True, postgresql_where=text("reopens")),
        Index(
            "history_told_once", "case_id", "kind", "round", "version", unique=True,
            postgresql_where=text("kind IN ('filed','withdrawn','change_applied')"),
        ),
        Index("history_decisions", "organization_id", "at", postgresql_where=text("kind = 'decided'")),
        Index(
            "history_returned", "organization_id", "at",
            postgresql_where=text("kind = 'decided' AND decision = 'return'"),
        ),
    )  # fmt: skip

    id: UUID = Field(primary_key=True)
    case_id: UUID = Field(foreign_key="review_case.id")
    seq: int
    kind: str
    at: datetime = instant()
    round: int
    version: int
    content_hash: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Of the version that it is about: what exactly was decided."""
    tier: str
    organization_id: UUID
    organization_name: str
    reviewer_id: UUID | None = None
    decision: str | None = None
    reopens: bool = switch()
    comment: str | None = None
    remarks: list[dict[str, JsonValue]] = jsonb(server_default="[]")
    category: str | None = None
    membership_number: str | None = None
    arrived_at: datetime | None = instant(nullable=True)
    """Of a decision: since when the case had waited there."""
    prev_hash: bytes
    hash: bytes
