"""Seals without a decision, as profile asks for them."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.review.schemas.decisions import Version
from shared.kit.web import Body


class SealAsked(Body):
    """A version of a submission, or a change request, that review had sealed."""

    kind: Literal["submission", "change_request"]
    id: UUID
    version: Version


class SealsAsked(Body):
    """Which seals are asked about."""

    items: Annotated[list[SealAsked], Field(max_length=500)]


class SealAnswer(BaseModel):
    """Whether a decision stands behind the seal."""

    id: UUID
    decided: bool


class SealAnswers(BaseModel):
    """The answers, in the order of what was asked."""

    items: list[SealAnswer]
