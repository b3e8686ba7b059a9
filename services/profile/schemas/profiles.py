"""What callers receive of a whole profile, for the document of the API."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from services.profile.schemas.outcomes import SubmissionOut
from services.profile.schemas.shapes import (
    Completeness,
    LockOut,
    NamedScanOut,
    Organization,
    OwnWindow,
    RepeatedOut,
    ReturnOut,
    SingleOut,
    Status,
    TickedRemark,
)


class ProfileOut(BaseModel):
    """A profile, as its owner sees it, and all that its page needs.

    `can_share`: now; `shares`: whether the programme shares with anybody at all. `scans` and
    `organizations`, those that it names, only where asked for.
    """

    programme: str
    status: Status
    last_modified_at: datetime
    submission_id: UUID | None
    number: str | None
    version: int
    lock: LockOut | None
    can_file: bool
    can_withdraw: bool
    can_change: bool
    can_share: bool
    shares: bool
    window: OwnWindow | None
    window_open: bool
    file_again_until: date | None
    returned: ReturnOut | None
    remarks: list[TickedRemark]
    scans: dict[str, NamedScanOut] | None = None
    organizations: list[Organization] | None = None
    submission: SubmissionOut | None = None
    completeness: Completeness
    confirmed_none: list[str]
    """Optional sections of which the applicant says that there is nothing to declare."""
    registration: dict[str, Any]
    sections: list[SingleOut | RepeatedOut]


class Profiles(BaseModel):
    """Every profile that one has begun."""

    items: list[ProfileOut]
    next_cursor: None
