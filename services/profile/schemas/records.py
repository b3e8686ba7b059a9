"""What callers receive of what was seen and what was changed, for the document of the API."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

from services.profile.schemas.shapes import Title, WindowOut


class AccessOut(BaseModel):
    """Somebody saw what is kept of one: opened the dossier, had a value revealed, took a file."""

    access_id: UUID
    opened_at: datetime
    kind: Literal["opened", "reveal", "dossier", "export"]
    organization: dict[str, str] | None
    tier: str | None
    version: int | None
    reviewer: str | None
    field: str | None
    reason: str | None


class Accesses(BaseModel):
    """Who saw what of one's own, the newest first."""

    items: list[AccessOut]
    next_cursor: str | None


class HistoryItem(BaseModel):
    """What one version changed in one place."""

    version: int
    at: datetime
    cause: Literal["filing", "change_request"]
    change_request_id: UUID | None
    approved_at: datetime | None
    section: str
    entry_id: UUID | None
    field: str | None
    kind: Literal["added", "changed", "removed"]
    old: Any
    new: Any


class History(BaseModel):
    """What changed from version to version, the newest first."""

    items: list[HistoryItem]
    next_cursor: str | None


class OnDay(BaseModel):
    """What the approved data said on a day."""

    on: date
    version: int
    valid_from: datetime
    valid_until: datetime | None
    sections: list[dict[str, Any]]


class RevealedValue(BaseModel):
    """A whole value, and where it stands."""

    programme: str
    section: str
    entry_id: UUID | None
    value: Any


class RevealOut(BaseModel):
    """Values that an administrator saw whole, for a reason that is kept."""

    reveal_id: UUID
    account_id: UUID
    field: str
    values: list[RevealedValue]
    revealed_at: datetime


class RevealableField(BaseModel):
    """A field that may be revealed."""

    field: str
    title: Title


class RevealableFields(BaseModel):
    """The fields that may be revealed."""

    items: list[RevealableField]
    next_cursor: None


class DocumentJob(BaseModel):
    """A document that is being drawn: ask again in two seconds."""

    job_id: UUID
    status: Literal["queued", "running"]
    done: int
    total: int


class DocumentState(BaseModel):
    """How far a document is; where it is done, its file is there to be fetched."""

    job_id: UUID
    status: Literal["queued", "running", "done"]
    done: int
    total: int


class Verified(BaseModel):
    """What an approved number stands for: a submission's, or a member's."""

    number: str
    kind: Literal["submission", "member"]
    name: str
    programme: str
    title: Title
    category: str | None
    category_title: Title | None
    approved_on: date


class SigningKey(BaseModel):
    """A public key."""

    key_id: str
    algorithm: Literal["Ed25519"]
    public_key: str


class SigningKeys(BaseModel):
    """The public keys that papers are signed with."""

    items: list[SigningKey]
    next_cursor: None


class ExtensionOut(WindowOut):
    """A window that was given to one account."""

    account_id: UUID
    name: str | None


class WindowsOut(BaseModel):
    """When a programme takes filings, and who was given a window of their own."""

    programme: str
    window: WindowOut | None
    extensions: list[ExtensionOut]
