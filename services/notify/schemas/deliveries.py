"""Deliveries and letters as administrators see them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from shared.kit.web import Body
from shared.kit.web.bodies import Text

State = Literal["queued", "sending", "retry", "sent", "failed", "cancelled"]
Language = Literal["zh", "en"]


class DeliveryShown(BaseModel):
    """A delivery; `to` is masked, and null for a person who was erased. `last_error` is `cause` under its old name.

    `created_at`: when the letter was written, however often it was sent again.
    """

    delivery_id: UUID
    account_id: UUID
    letter: str
    letter_title: str
    programme: str | None
    to: str | None
    state: State
    attempts: int
    cause: str | None
    cause_text: str | None
    last_error: str | None
    created_at: datetime
    next_at: datetime
    sent_at: datetime | None
    can_retry: bool


class DeliveryDetail(DeliveryShown):
    """One delivery in full; `subject` is null where the letter holds a token or its person was erased."""

    subject: str | None
    message_id: str
    urgent: bool
    language: Language
    announcement_id: UUID | None
    expires_at: datetime | None
    finished_at: datetime | None


class DeliveryStates(BaseModel):
    """How many deliveries are in each state now, and how many were sent in the last 24 hours."""

    queued: int
    sending: int
    retry: int
    failed: int
    cancelled: int
    sent_last_day: int


class CauseShown(BaseModel):
    """Deliveries that stand still for one cause."""

    state: State
    cause: str
    cause_text: str
    count: int
    first_at: datetime
    last_at: datetime
    can_retry: bool


class Summary(BaseModel):
    """All deliveries at a glance, the commonest cause first."""

    states: DeliveryStates
    causes: list[CauseShown]


class RetryMany(Body):
    """Which deliveries are sent once more: of that state, and of that cause where one is named."""

    state: Literal["failed", "retry"] = "failed"
    cause: Annotated[Text, StringConstraints(max_length=500)] | None = None


class Retried(BaseModel):
    """How many are on their way again, and how many cannot be, because their links have expired."""

    retried: int
    expired: int


class LetterOf(BaseModel):
    """A programme's part in a letter: the files that it lays over the common ones."""

    programme: str
    title: str
    overridden: list[str]


class LetterItem(BaseModel):
    """A letter that the platform writes; `to` says to whom."""

    letter: str
    title: str
    to: Literal["owner", "reviewers", "administrators", "audience"]
    urgent: bool
    programmes: list[LetterOf]


class LetterItems(BaseModel):
    """Every letter."""

    items: list[LetterItem]


class LetterShown(BaseModel):
    """A letter with sample data, rendered as real ones are."""

    letter: str
    title: str
    programme: str
    language: Language
    subject: str
    text: str
    html: str
