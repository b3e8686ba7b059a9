"""What callers receive of scans, submissions and change requests, for the document of the API."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.profile.schemas.shapes import Organization, Status, Title


class CheckOut(BaseModel):
    """Advice of a check, and the place on the scan.

    `check`: name_found, id_number_found, id_checksum, birth_date, gender, certificate_number, dates, legible, blank,
    photo_face, photo_colour, photo_size, right_slot; and duplicate, for the city tiers and administrators alone.
    """

    check: str
    outcome: Literal["passed", "attention", "rejected"]
    message: str
    page: int | None
    box: dict[str, float] | None


class Uploaded(BaseModel):
    """A scan that has come in."""

    scan_id: UUID
    status: Literal["received"]


class ScanOut(BaseModel):
    """A scan."""

    scan_id: UUID
    purpose: Literal["photo", "id_scan", "proof"]
    status: Literal["received", "processing", "ready", "rejected"]
    code: str | None
    reason: str | None
    pages: int
    checks: list[CheckOut]
    uploaded_at: datetime


class Scans(BaseModel):
    """Scans, the newest first."""

    items: list[ScanOut]
    next_cursor: str | None


class UsualDays(BaseModel):
    """The working days that an office usually takes."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    from_days: int = Field(alias="from")
    to_days: int = Field(alias="to")


class ProgressOut(BaseModel):
    """A tier of the route; `waiting_days` (working days) and `usual_days` are of the current one alone."""

    tier: str
    organization: Organization
    state: Literal["done", "current", "todo"]
    decision: Literal["approve", "return"] | None
    decided_at: datetime | None
    comment: str | None
    waiting_days: int | None
    usual_days: UsualDays | None


class MembershipOut(BaseModel):
    """What an approval made of the applicant."""

    category: str | None
    title: Title | None
    number: str | None
    approved_on: date


class RemarkOut(BaseModel):
    """A remark of a return."""

    section: str | None
    entry: UUID | None
    field: str | None
    scan: UUID | None
    page: int | None
    box: dict[str, float] | None
    comment: str


class CheckedRemarkOut(RemarkOut):
    """A remark; `addressed`: its place was changed since (null where the submission waits for no correction)."""

    addressed: bool | None


class TimedProgressOut(ProgressOut):
    """A tier of the route with the working days that it is given."""

    working_days: int | None


class FilingOut(BaseModel):
    """A version that was filed."""

    version: int
    filed_at: datetime


class RoundOut(BaseModel):
    """One way through the tiers: from a filing to a return, a withdrawal or the approval."""

    round: int
    status: Literal["in_review", "returned", "approved", "withdrawn"]
    filings: list[FilingOut]
    progress: list[TimedProgressOut]
    remarks: list[RemarkOut]


class SubmissionOut(BaseModel):
    """A submission, as its applicant sees it."""

    submission_id: UUID
    programme: str
    number: str
    version: int
    status: Status
    tier: str | None
    category: str | None
    filed_at: datetime
    file_again_until: date | None
    membership: MembershipOut | None
    progress: list[ProgressOut]
    remarks: list[RemarkOut]


class WholeSubmission(SubmissionOut):
    """A submission with every round, the oldest first, and remarks that tick; with `include=rounds` alone."""

    remarks: list[CheckedRemarkOut]  # type: ignore[assignment]  # a remark that says more
    rounds: list[RoundOut]


class Submissions(BaseModel):
    """Submissions."""

    items: list[SubmissionOut]
    next_cursor: str | None


class ChangeOut(BaseModel):
    """One field of a change request."""

    field: str
    old: Any
    new: Any


class ProofOut(BaseModel):
    """A scan that a change request names."""

    scan_id: UUID
    purpose: str
    status: str
    pages: int
    checks: list[CheckOut]


class ApplicantOut(BaseModel):
    """The person who declares."""

    account_id: UUID
    name: str | None


class ChangeRequestOut(BaseModel):
    """A change request."""

    change_request_id: UUID
    submission_id: UUID
    programme: str
    applicant: ApplicantOut
    section: str
    entry_id: UUID | None
    kind: Literal["change", "add", "remove"]
    changes: list[ChangeOut]
    organizations: list[Organization]
    """Those that old or new values name."""
    scans: list[ProofOut]
    reason: str
    filed_at: datetime
    status: Literal["waiting", "approved", "rejected", "withdrawn"]
    comment: str | None


class ChangeRequests(BaseModel):
    """Change requests, the newest first."""

    items: list[ChangeRequestOut]
    next_cursor: str | None
