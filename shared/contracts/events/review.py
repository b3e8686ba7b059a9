"""What review tells: tiers reached and decided, returns, approvals, change decisions, overdue work."""

from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from shared.contracts.events.base import Event, Remark, Teller


class _OfCase(Event):
    """What every event of a case carries. `sequence` grows by one with each event of the case: the order."""

    teller: ClassVar[Teller] = "review"

    case_id: UUID
    submission_id: UUID
    programme: str
    account_id: UUID
    applicant_name: str
    employer_name: str
    talent_type: str | None = None
    version: int
    round: int
    sequence: int
    tier: str
    organization_id: UUID
    organization_name: str

    @property
    def aggregate_id(self) -> UUID:
        """The case."""
        return self.case_id


class TierReached(_OfCase):
    """A version waits at a tier; its reviewers are written to."""

    reached_at: datetime
    due_on: date
    again: bool
    """Filed again: this tier saw an older version, or this version took another's place."""
    usual_from: int | None = None
    usual_to: int | None = None
    """The working days that this office usually takes, by its own record; None where that is too short."""


class TierDecided(_OfCase):
    """A tier that is not the last approved; the next one is named."""

    decision_id: UUID
    decided_at: datetime
    reviewer_id: UUID
    comment: str | None
    next_tier: str
    next_organization_id: UUID
    next_organization_name: str


class Returned(_OfCase):
    """A tier returned the case to the applicant, with its comment and remarks."""

    decision_id: UUID
    decided_at: datetime
    reviewer_id: UUID
    comment: str
    remarks: tuple[Remark, ...]
    file_again_until: date
    """Last day to file again although the window has closed: 15 working days."""


class Approved(_OfCase):
    """The last tier approved; where the tier classifies, with category and number."""

    decision_id: UUID
    decided_at: datetime
    reviewer_id: UUID
    comment: str | None
    category: str | None
    number: str | None
    approved_on: date


class CaseHandedOver(_OfCase):
    """An organization's part in a case went to another: where it waits, or has still to come to, or was approved."""

    tiers: tuple[str, ...]
    """Which tiers `organization_id` holds from now on; none of an approved case, which it answers for from now on."""
    from_id: UUID
    handed_at: datetime


class ChangeDecided(Event):
    """A change request was approved or rejected."""

    teller: ClassVar[Teller] = "review"

    change_request_id: UUID
    submission_id: UUID
    programme: str
    account_id: UUID
    applicant_name: str
    employer_name: str
    section: str
    kind: Literal["change", "add", "remove"]
    fields: tuple[str, ...]
    tier: str
    organization_id: UUID
    organization_name: str
    decision: Literal["approve", "reject"]
    comment: str | None
    decided_at: datetime
    reviewer_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The change request."""
        return self.change_request_id


class ChangeHandedOver(Event):
    """A change request that waited for one organization now waits for another, whose reviewers are written to."""

    teller: ClassVar[Teller] = "review"

    change_request_id: UUID
    submission_id: UUID
    programme: str
    account_id: UUID
    applicant_name: str
    employer_name: str
    section: str
    kind: Literal["change", "add", "remove"]
    fields: tuple[str, ...]
    tier: str
    organization_id: UUID
    organization_name: str
    handed_at: datetime

    @property
    def aggregate_id(self) -> UUID:
        """The change request."""
        return self.change_request_id


class Overdue(_OfCase):
    """A case waits longer than the tier's working days: its reviewers hear first, the administrators later."""

    escalated: bool
    waiting_since: datetime
    due_on: date
    told_at: datetime


class HolidayChanged(Event):
    """An administrator declared a day to be worked or not, over the State Council's calendar, or took that back."""

    teller: ClassVar[Teller] = "review"

    change_id: UUID
    day: date
    working: bool | None
    """None: as the calendar has it."""
    changed_at: datetime
    """The latest telling of a day is the truth."""

    @property
    def aggregate_id(self) -> UUID:
        """The change."""
        return self.change_id


class DossierOpened(Event):
    """A reviewer opened a dossier; its applicant can see that (the access row is profile's)."""

    teller: ClassVar[Teller] = "review"

    access_id: UUID
    case_id: UUID
    submission_id: UUID
    account_id: UUID
    programme: str
    version: int
    reviewer_id: UUID
    organization_id: UUID
    organization_name: str
    tier: str
    opened_at: datetime

    @property
    def aggregate_id(self) -> UUID:
        """The access."""
        return self.access_id
