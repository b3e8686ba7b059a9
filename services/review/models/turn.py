"""Turns: what worklists are read from, one row for each case and organization that it reached."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from services.review.models.base import Table
from shared.kit.columns import instant, switch

WAITING = text("waiting")


class Turn(Table, table=True):
    """An organization's part in a case: since when it waits there, or what was decided there last.

    `version` is the one that reached the organization last, and the one that it is shown. What lists are filtered,
    sorted and searched by stands here again, so that each list is one walk along one index.
    """

    __tablename__ = "turn"
    __table_args__ = (
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="turn_decided_at_some_time"),
        CheckConstraint("decision IN ('approve','return')", name="turn_decision_known"),
        CheckConstraint("escalated_at IS NULL OR reminded_at IS NOT NULL", name="turn_reminded_before_escalated"),
        Index("turn_waiting", "organization_id", "arrived_at", "case_id", postgresql_where=WAITING),
        Index(
            "turn_waiting_programme",
            "organization_id",
            "programme",
            "arrived_at",
            "case_id",
            postgresql_where=WAITING,
        ),
        Index(
            "turn_waiting_employer",
            "organization_id",
            "employer_id",
            "arrived_at",
            "case_id",
            postgresql_where=WAITING,
        ),
        Index("turn_waiting_filed", "organization_id", "filed_at", "case_id", postgresql_where=WAITING),
        Index("turn_waiting_pinyin", "organization_id", "pinyin", "case_id", postgresql_where=WAITING),
        Index("turn_waiting_due", "organization_id", "due_on", "case_id", postgresql_where=WAITING),
        Index("turn_waiting_attention", "organization_id", text("(- attention)"), "case_id", postgresql_where=WAITING),
        Index(
            "turn_waiting_foreign",
            "organization_id",
            "arrived_at",
            "case_id",
            postgresql_where=text("waiting AND is_foreign"),
        ),
        Index(
            "turn_waiting_refiled",
            "organization_id",
            "arrived_at",
            "case_id",
            postgresql_where=text("waiting AND version > 1"),
        ),
        Index("turn_employer", "organization_id", "employer_id", "arrived_at", "case_id"),
        Index("turn_decided", "organization_id", "decided_at", "case_id", postgresql_where=text("NOT waiting")),
        Index("turn_reached", "organization_id", "arrived_at", "case_id"),
        Index("turn_search", "terms", postgresql_using="gin"),
        Index("turn_due", "due_on", postgresql_where=text("waiting AND escalated_at IS NULL")),
    )

    case_id: UUID = Field(primary_key=True, foreign_key="review_case.id")
    organization_id: UUID = Field(primary_key=True)
    tier: str
    round: int
    version: int
    waiting: bool = switch()
    arrived_at: datetime = instant()
    due_on: date
    """The last day of the tier's working days."""
    working_days: int = Field(default=5, sa_column_kwargs={"server_default": "5"})
    """How many days the tier has, as the route was frozen."""
    decision: str | None = None
    decided_at: datetime | None = instant(nullable=True)
    reminded_at: datetime | None = instant(nullable=True)
    escalated_at: datetime | None = instant(nullable=True)

    account_id: UUID
    id_index: str = Field(default="", sa_column_kwargs={"server_default": ""})
    programme: str
    employer_id: UUID
    filed_at: datetime = instant()
    attention: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    is_foreign: bool = switch()
    pinyin: str
    terms: list[int] = Field(sa_type=ARRAY(BigInteger))


class Sight(Table, table=True):
    """That a reviewer opened or decided a version (domain rule 6), and when first and last."""

    __tablename__ = "sight"

    case_id: UUID = Field(primary_key=True, foreign_key="review_case.id")
    organization_id: UUID = Field(primary_key=True)
    version: int = Field(primary_key=True)
    reviewer_id: UUID = Field(primary_key=True)
    first_at: datetime = instant()
    last_at: datetime = instant()
