"""Tables of what was filed: the submission with its state, its frozen snapshots, and how far each tier has come."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from services.profile.models.base import Table
from shared.kit.columns import instant, jsonb, sealed, switch


class Submission(Table, table=True):
    """The state of what an applicant files in a programme; made with the profile, `draft` until the first filing."""

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint(
            "status IN ('draft','in_review','returned','approved','withdrawn')", name="submission_status_known"
        ),
        CheckConstraint("(status = 'draft') = (version = 0)", name="submission_draft_until_filed"),
        CheckConstraint("(version = 0) = (number IS NULL)", name="submission_numbered_when_filed"),
        CheckConstraint(
            "sealed_version IS NULL OR (status = 'in_review' AND sealed_version = version)",
            name="submission_seal_holds_the_newest",
        ),
        CheckConstraint("(sealed_version IS NULL) = (sealed_at IS NULL)", name="submission_seal_has_its_moment"),
        CheckConstraint("NOT seal_settled OR sealed_version IS NOT NULL", name="submission_settled_seal_is_one"),
        CheckConstraint("status <> 'approved' OR approved_on IS NOT NULL", name="submission_approved_on_a_day"),
        Index(
            "submission_unsettled_seals",
            "sealed_at",
            postgresql_where=text("sealed_at IS NOT NULL AND NOT seal_settled"),
        ),
        Index("submission_of_account", "account_id", "id"),
        Index("submission_of_member", "membership_number", postgresql_where=text("membership_number IS NOT NULL")),
    )

    id: UUID = Field(primary_key=True)
    profile_id: UUID = Field(foreign_key="profile.id", unique=True)
    account_id: UUID
    programme: str
    case_id: UUID = Field(unique=True)
    number: str | None = Field(default=None, unique=True)
    status: str = Field(default="draft", sa_column_kwargs={"server_default": "draft"})
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    round: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """1 for the first filing; one more with the filing after each return and each withdrawal."""
    sealed_version: int | None = None
    sealed_at: datetime | None = instant(nullable=True)
    seal_settled: bool = switch()
    """A decision on the sealed version was heard: the seal is never lifted."""
    decided_sequence: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """The review's number of the newest decision heard; an older one moves nothing."""
    membership_sequence: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """The same of the approval that category and number come from."""
    remarks: list[dict[str, object]] = jsonb(server_default="[]")
    """Of the newest return."""
    file_again_until: date | None = None
    category: str | None = None
    membership_number: str | None = None
    approved_on: date | None = None
    holder_id: UUID | None = None
    """Who answers for it since it was handed over after its approval; None: who approved it."""
    filed_at: datetime | None = instant(nullable=True)


class Snapshot(Table, table=True):
    """One version as it was frozen; nothing in it ever moves."""

    __tablename__ = "snapshot"
    __table_args__ = (
        UniqueConstraint("submission_id", "version", name="snapshot_one_each"),
        CheckConstraint("version > 0 AND round > 0", name="snapshot_counts_from_one"),
    )

    id: UUID = Field(primary_key=True)
    submission_id: UUID = Field(foreign_key="submission.id")
    version: int
    round: int
    change_request_id: UUID | None = None
    """The approved change request that made it; None for a filing."""
    sections: bytes = sealed()
    """The sections with their values (JSON), in the programme's order."""
    content_hash: str
    """SHA-256 (hex) of `sections` as they are kept."""
    route: list[dict[str, Any]] = jsonb()
    applicant_name: str
    employer_id: UUID
    employer_name: str
    filed_at: datetime = instant(default=True)


class SnapshotScan(Table, table=True):
    """A scan that a snapshot names, and where."""

    __tablename__ = "snapshot_scan"
    __table_args__ = (Index("snapshot_scan_of_scan", "scan_id"),)

    snapshot_id: UUID = Field(primary_key=True, foreign_key="snapshot.id")
    position: int = Field(primary_key=True)
    scan_id: UUID = Field(foreign_key="scan.id")
    section: str
    entry_id: UUID | None = None
    field: str
    checks: list[dict[str, Any]] = jsonb(server_default="[]")
    """Of the scan against the values of this version; like all of it they never move."""


class TierProgress(Table, table=True):
    """What one tier decided in one round, as heard from review; the events may come in any order."""

    __tablename__ = "tier_progress"
    __table_args__ = (
        CheckConstraint("decision IN ('approve','return')", name="tier_progress_decision_known"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="tier_progress_decided_at_a_moment"),
        CheckConstraint("decision <> 'return' OR comment IS NOT NULL", name="tier_progress_return_has_comment"),
    )

    submission_id: UUID = Field(primary_key=True, foreign_key="submission.id")
    round: int = Field(primary_key=True)
    tier: str = Field(primary_key=True)
    reached_at: datetime | None = instant(nullable=True)
    """First in this round."""
    holder_id: UUID | None = None
    """Who has it now: another than the route's, where an organization's cases were handed over."""
    waiting_since: datetime | None = instant(nullable=True)
    """Since when the newest version waits there."""
    usual_from: int | None = None
    usual_to: int | None = None
    """The working days that this office usually takes."""
    reached_sequence: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """The review's number of the event that the four come from."""
    decision: str | None = None
    decided_at: datetime | None = instant(nullable=True)
    comment: str | None = None
    remarks: list[dict[str, object]] = jsonb(server_default="[]")
    """Of a return."""
    sequence: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Viewer(Table, table=True):
    """An organization that a submission has reached, and the newest version that it may see."""

    __tablename__ = "viewer"

    submission_id: UUID = Field(primary_key=True, foreign_key="submission.id")
    organization_id: UUID = Field(primary_key=True)
    version: int


class Approval(Table, table=True):
    """A version that was approved, and when: by the last tier, or as an approved change."""

    __tablename__ = "approval"

    submission_id: UUID = Field(primary_key=True, foreign_key="submission.id")
    version: int = Field(primary_key=True)
    approved_at: datetime = instant()


class Access(Table, table=True):
    """Somebody saw what is kept of a person, who can see that: a dossier opened, a value revealed, a file taken."""

    __tablename__ = "access"
    __table_args__ = (
        CheckConstraint("kind IN ('opened','reveal','dossier','export')", name="access_kind_known"),
        CheckConstraint("(kind = 'reveal') = (field IS NOT NULL)", name="access_reveals_a_field"),
        CheckConstraint("kind <> 'reveal' OR reason IS NOT NULL", name="access_reveals_with_a_reason"),
        CheckConstraint("(organization_id IS NULL) = (organization_name IS NULL)", name="access_organization_named"),
        Index("access_of_submission", "submission_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    submission_id: UUID = Field(foreign_key="submission.id")
    kind: str = Field(default="opened", sa_column_kwargs={"server_default": "opened"})
    organization_id: UUID | None = None
    organization_name: str | None = None
    tier: str | None = None
    version: int | None = None
    reviewer_id: UUID
    """Who: a reviewer, or an administrator."""
    field: str | None = None
    reason: bytes | None = sealed(nullable=True)
    """Why a value was revealed."""
    opened_at: datetime = instant()
