"""What profile tells: submissions, change requests, scans."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.events.base import Event, Teller


class RouteStep(BaseModel):
    """One tier of a route as it was frozen when the submission was filed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tier: str
    organization_id: UUID
    organization_name: str
    classifies: bool = False
    working_days: int = 5


class _OfSubmission(Event):
    """What every event of a submission carries: who, what for, which version."""

    teller: ClassVar[Teller] = "profile"

    submission_id: UUID
    case_id: UUID
    programme: str
    account_id: UUID
    applicant_name: str
    applicant_pinyin: str = ""
    employer_id: UUID
    employer_name: str
    talent_type: str | None = None
    """The code of the programme's list, where the programme asks for one."""
    version: int
    round: int
    """1 for the first filing; one more after each return and each withdrawal."""

    @property
    def aggregate_id(self) -> UUID:
        """The submission."""
        return self.submission_id


class SubmissionFiled(_OfSubmission):
    """A submission was filed, or filed again: version `version` waits at the first tier of its route."""

    route: tuple[RouteStep, ...]
    filed_at: datetime
    number: str
    """The submission's number, by which people name it (e.g. DZ-2026-000123 for a filing)."""
    content_hash: str
    """SHA-256 of the snapshot's ciphertext."""
    attention: int = 0
    """Checks of its scans that ask a person to look."""
    foreign: bool = False
    id_index: str
    """Keyed index of the ID number (rule 7)."""
    id_last4_index: str
    """Keyed index of its last four characters (search)."""


class SubmissionWithdrawn(_OfSubmission):
    """The applicant took the pending submission back; the case closes as withdrawn."""

    first_tier: RouteStep
    withdrawn_at: datetime


class ChangeApplied(_OfSubmission):
    """An approved change request was applied: the submission has a new version, its status stays approved."""

    change_request_id: UUID
    content_hash: str
    applied_at: datetime
    attention: int | None = None
    """As of a filing; None where it is not said: what was known stays."""


class _OfChangeRequest(Event):
    """What every event of a change request carries."""

    teller: ClassVar[Teller] = "profile"

    change_request_id: UUID
    submission_id: UUID
    programme: str
    account_id: UUID
    applicant_name: str
    applicant_pinyin: str = ""
    employer_id: UUID
    employer_name: str
    talent_type: str | None = None
    section: str
    entry_id: UUID | None
    kind: Literal["change", "add", "remove"]
    fields: tuple[str, ...]
    organization_id: UUID
    organization_name: str
    tier: str

    @property
    def aggregate_id(self) -> UUID:
        """The change request."""
        return self.change_request_id


class ChangeRequested(_OfChangeRequest):
    """A change of approved data was asked for; it waits for the organization named."""

    filed_at: datetime
    id_index: str


class ChangeWithdrawn(_OfChangeRequest):
    """The applicant took the waiting change request back."""

    withdrawn_at: datetime


class ScanItem(BaseModel):
    """One scan that needs its owner's attention, and where it is named."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scan_id: UUID
    status: Literal["rejected", "attention"]
    code: str
    sentence_zh: str
    sentence_en: str
    section: str | None = None
    field: str | None = None


class ScansNeedAttention(Event):
    """Scans of one applicant were rejected or need a look; told 15 minutes after the last of them."""

    teller: ClassVar[Teller] = "profile"

    notice_id: UUID
    account_id: UUID
    programme: str | None
    scans: tuple[ScanItem, ...]
    noticed_at: datetime

    @property
    def aggregate_id(self) -> UUID:
        """The notice."""
        return self.notice_id
