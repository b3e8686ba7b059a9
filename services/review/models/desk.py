"""What an office keeps for its desk: phrases, who stands in for whom, and who has which case open."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from services.review.models.base import Table
from shared.kit.columns import instant, jsonb


class PhraseBook(Table, table=True):
    """The short texts that the reviewers of one organization write again and again, shared among them."""

    __tablename__ = "phrase_book"

    organization_id: UUID = Field(primary_key=True)
    phrases: list[str] = jsonb(server_default="[]")
    changed_at: datetime = instant(default=True)
    changed_by: UUID


class Delegation(Table, table=True):
    """A reviewer's colleague stands in from one day to another, both included."""

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("from_on <= to_on", name="delegation_runs_forward"),
        CheckConstraint("delegator_id <> deputy_id", name="delegation_to_another"),
        Index("delegation_of_organization", "organization_id", "from_on", "id"),
        Index("delegation_of_delegator", "delegator_id", "from_on"),
    )

    id: UUID = Field(primary_key=True)
    organization_id: UUID
    delegator_id: UUID
    deputy_id: UUID
    from_on: date
    to_on: date
    created_at: datetime = instant(default=True)


class Claim(Table, table=True):
    """Who of an organization has a case open, and until when that is believed: it never blocks a decision."""

    __tablename__ = "claim"

    case_id: UUID = Field(primary_key=True, foreign_key="review_case.id")
    organization_id: UUID = Field(primary_key=True)
    account_id: UUID
    claimed_until: datetime = instant()


class OwnDesk(Table, table=True):
    """What a reviewer has chosen for the own desk at an organization: saved filters, columns, keys."""

    __tablename__ = "own_desk"

    account_id: UUID = Field(primary_key=True)
    organization_id: UUID = Field(primary_key=True)
    choices: str
    """Wrapped JSON: a search may hold a name."""
    changed_at: datetime = instant(default=True)
