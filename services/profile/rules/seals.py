"""The law of seals (law 10): which version of a submission, and which change request, may still be decided."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Reason = Literal["superseded", "withdrawn", "unknown"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A version that shall be sealed, or is: of a submission, or a change request (whose version means nothing)."""

    kind: Literal["submission", "change_request"]
    id: UUID
    version: int


def refusal(version: int, newest: int | None, status: str | None) -> Reason | None:
    """Why a version cannot be sealed; None where it can. `status` None: there is no such thing."""
    if newest is None or status is None:
        return "unknown"
    if status == "withdrawn":
        return "withdrawn"
    return None if version == newest and status == "in_review" else "superseded"


def change_refusal(status: str | None, submission: str | None) -> Reason | None:
    """Why a change request cannot be sealed: gone, withdrawn, or its submission is not approved at present.

    One that was decided already stays sealed: the same decision may ask twice.
    """
    if status is None:
        return "unknown"
    if status == "withdrawn":
        return "withdrawn"
    return "superseded" if status == "waiting" and submission != "approved" else None
