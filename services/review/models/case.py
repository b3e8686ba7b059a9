"""The case: a submission as the review service sees it, and where it stands."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from services.review.models.base import Table
from shared.kit.columns import instant, jsonb, switch


class Case(Table, table=True):
    """One submission, for good: rounds and versions pass inside it.

    `version` is 0 for as long as nothing was heard of it but its id. `tier` and `organization_id` are those of the
    step at `position`, which holds the case or had it last.
    """

    __tablename__ = "review_case"  # "case" is a word of SQL
    __table_args__ = (
        CheckConstraint("state IN ('in_review','returned','approved','withdrawn')", name="case_state_known"),
        CheckConstraint("(state = 'in_review') = (waiting_since IS NOT NULL)", name="case_waits_while_in_review"),
        CheckConstraint("state <> 'approved' OR approved_on IS NOT NULL", name="case_approved_on_a_day"),
        CheckConstraint("membership_number IS NULL OR category IS NOT NULL", name="case_member_of_a_category"),
        UniqueConstraint("programme", "membership_number", name="case_number_given_once"),
        CheckConstraint("version >= 0 AND round >= 0 AND position >= 0", name="case_counts_up"),
        CheckConstraint("(history_seq = 0) = (history_head IS NULL)", name="case_history_has_a_head"),
        Index("case_same_person", "id_index", postgresql_where=text("id_index <> ''")),
    )

    id: UUID = Field(primary_key=True)
    submission_id: UUID = Field(unique=True)
    programme: str
    account_id: UUID = Field(index=True)
    applicant_name: str
    applicant_pinyin: str = Field(default="", sa_column_kwargs={"server_default": ""})
    employer_id: UUID = Field(index=True)
    employer_name: str
    talent_type: str | None = None
    number: str = Field(default="", sa_column_kwargs={"server_default": ""})
    id_index: str = Field(default="", sa_column_kwargs={"server_default": ""})
    id_last4_index: str = Field(default="", sa_column_kwargs={"server_default": ""})
    attention: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    is_foreign: bool = switch()

    state: str = Field(default="withdrawn", sa_column_kwargs={"server_default": "withdrawn"})
    round: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    position: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    route: list[dict[str, object]] = jsonb(server_default="[]")
    tier: str = Field(default="", sa_column_kwargs={"server_default": ""})
    organization_id: UUID | None = None
    filed_at: datetime | None = instant(nullable=True)
    content_hash: str = Field(default="", sa_column_kwargs={"server_default": ""})
    waiting_since: datetime | None = instant(nullable=True)

    category: str | None = None
    membership_number: str | None = None
    approved_on: date | None = None

    sequence: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Of the last event told of the case."""
    history_seq: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    history_head: bytes | None = None
    """Hash of the last entry of its history."""
    history_seal: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Keyed index over length and head: whoever has the database alone cannot write a history anew."""
    created_at: datetime = instant(default=True)
