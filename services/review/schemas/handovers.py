"""Handovers as administrators ask for them and follow them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.review.schemas.cases import OrganizationShown
from shared.kit.web import Body


class HandOver(Body):
    """Which organization takes what another has not decided yet, and whether it answers for what that one approved.

    Who answers for an approved case decides its change requests, and may return it where the programme knows that.
    """

    to: UUID
    approved: bool = True


class OpenWork(BaseModel):
    """What a handover would move: cases that wait there, cases that will come there, waiting change requests.

    `approved`: cases that the organization approved at last, and answers for.
    """

    waiting: int
    coming: int
    change_requests: int
    approved: int


class HandoverShown(BaseModel):
    """A handover, and how far it has come."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    handover_id: UUID
    from_organization: OrganizationShown = Field(alias="from")
    to_organization: OrganizationShown = Field(alias="to")
    state: Literal["queued", "running", "done", "failed"]
    total: int
    done: int
    asked_at: datetime
    finished_at: datetime | None
