"""Cases as reviewers see them: the item of a worklist, and the whole dossier."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue

WorklistState = Literal["waiting", "decided", "all"]
Sort = Literal[
    "waiting", "-waiting", "filed", "-filed", "attention",
    "waiting_since", "-waiting_since", "filed_at", "-filed_at", "applicant", "-applicant", "decided_at", "-decided_at",
]  # fmt: skip


class OrganizationShown(BaseModel):
    """An organization by name and place."""

    organization_id: UUID
    name: str
    kind: str | None
    region: str | None
    municipal: bool | None


class Person(BaseModel):
    """A person by name; null where the name was erased."""

    account_id: UUID
    name: str | None


class CaseItem(BaseModel):
    """One line of a worklist. `organization` and `tier` hold the case now, or had it last.

    `waiting_days` (working days), `due_on` and `overdue` are of its waiting at the reader's organization; null and
    false where it does not wait there. `all_passed`: no check of its scans asks a person to look. `claimed_by` has
    the case open, of the reader's organization, until `claimed_until` at least.
    """

    case_id: UUID
    submission_id: UUID
    programme: str
    number: str
    applicant: Person
    employer: OrganizationShown
    organization: OrganizationShown
    tier: str
    state: str
    version: int
    filed_at: datetime
    waiting_since: datetime | None
    attention: int
    mine: bool
    overdue: bool
    waiting_days: int | None
    due_on: date | None
    refiled: bool
    foreign: bool
    all_passed: bool
    claimed_by: Person | None
    claimed_until: datetime | None


class Neighbours(BaseModel):
    """Where a case stands in a list. `position` counts from 1; null where the list holds it no more.

    Counting stops at a thousand: then `total_is_more`, and a position further down is null. `items` are so many lines
    of the list around the case as were asked for; `before` and `after` the cases beyond them, where the list goes on.
    """

    position: int | None
    total: int
    total_is_more: bool
    previous: UUID | None
    next: UUID | None
    items: list[CaseItem]
    before: UUID | None
    after: UUID | None


class SnapshotShown(BaseModel):
    """The version that reached the reader's organization last; masked unless the organization decides now."""

    version: int
    filed_at: datetime
    sections: list[dict[str, JsonValue]]


class HistoryItem(BaseModel):
    """One thing that happened to the case; `decision` is null for what was no decision."""

    at: datetime
    event: str
    tier: str
    organization: OrganizationShown
    reviewer: Person | None
    version: int
    round: int
    decision: str | None
    comment: str | None
    remarks: list[dict[str, JsonValue]]
    category: str | None


class UsualDays(BaseModel):
    """The working days that the office which holds the case usually takes."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    from_days: int = Field(alias="from")
    to_days: int = Field(alias="to")


class CaseShown(CaseItem):
    """A dossier: what was declared, its scans with their checks, what happened, and what changed since last time.

    `usual_days` is of the office that holds the case; null where nobody does, or its record is too short.
    `can_return`: the reader's organization may return it although it is approved (domain rule 0).
    """

    usual_days: UsualDays | None

    snapshot: SnapshotShown
    scans: list[dict[str, JsonValue]]
    history: list[HistoryItem]
    changed_since_last_seen: list[dict[str, JsonValue]] | None
    organizations: list[OrganizationShown]
    """Those that the versions shown name, merged ones too."""
    category: str | None
    membership_number: str | None
    can_return: bool
