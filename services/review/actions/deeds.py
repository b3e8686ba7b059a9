"""Deeds: what somebody did to a case, with all that its history keeps of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.contracts.events import Remark, RouteStep

Kind = Literal["filed", "withdrawn", "decided", "change_decided", "change_applied", "handed_over"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One deed, at one tier's `step`. A decision names its reviewer; what applicants do names none."""

    kind: Kind
    at: datetime
    round: int
    version: int
    step: RouteStep
    content_hash: str = ""
    reviewer_id: UUID | None = None
    decision: Literal["approve", "return", "reject"] | None = None
    comment: str | None = None
    remarks: tuple[Remark, ...] = ()
    category: str | None = None
    reopens: bool = False
