"""What callers receive of programmes and profiles, for the document of the API; queries build it in these shapes."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel

Status = Literal["draft", "in_review", "returned", "approved", "withdrawn"]


class Title(BaseModel):
    """A text in both languages."""

    zh: str
    en: str


class Organization(BaseModel):
    """An organization."""

    organization_id: UUID
    name: str
    kind: str
    region: str
    municipal: bool


class Choice(BaseModel):
    """One of the values that a field offers."""

    value: str
    title: Title


class FieldOut(BaseModel):
    """A field of a section."""

    field: str
    type: str
    title: Title
    help: Title | None
    required: bool
    max_length: int | None
    choices: list[Choice]


class SectionDescription(BaseModel):
    """A section of a programme; `heading` is a title that several sections in a row stand under."""

    section: str
    title: Title
    heading: Title | None
    repeated: bool
    minimum: int
    fields: list[FieldOut]


class TierOut(BaseModel):
    """A step of a programme's route."""

    tier: str
    title: Title
    skipped_for_municipal: bool
    classifies: bool


class CategoryOut(BaseModel):
    """A class that the last tier gives."""

    category: str
    title: Title


class WindowOut(BaseModel):
    """When filings are taken."""

    opens_at: datetime | None
    closes_at: datetime | None


class ProgrammeOut(BaseModel):
    """A declaration scheme."""

    programme: str
    title: Title
    accounts: Literal["self_registered", "assigned"]
    registration: dict[str, list[FieldOut]]
    sections: list[SectionDescription]
    tiers: list[TierOut]
    categories: list[CategoryOut]
    window: WindowOut | None
    support: dict[str, Any]


class Programmes(BaseModel):
    """Every programme."""

    items: list[ProgrammeOut]
    next_cursor: str | None


class MissingOut(BaseModel):
    """One thing that keeps a profile from being filed."""

    section: str
    entry: str | None = None
    field: str | None = None
    code: str
    message: str


class Completeness(BaseModel):
    """What a profile lacks."""

    complete: bool
    missing: list[MissingOut]


class SingleOut(BaseModel):
    """A single section."""

    section: str
    complete: bool
    etag: str
    values: dict[str, Any]


class SectionsOut(BaseModel):
    """Single sections that were saved together."""

    sections: list[SingleOut]


class EntryOut(BaseModel):
    """An entry of a repeated section."""

    entry_id: UUID
    etag: str
    values: dict[str, Any]


class RepeatedOut(BaseModel):
    """A repeated section."""

    section: str
    complete: bool
    entries: list[EntryOut]


class LockOut(BaseModel):
    """Why a draft is not to be edited."""

    code: Literal["approved", "in_review"]
    message: str
    tier: str | None
    title: Title | None
    organization: Organization | None


class OwnWindow(BaseModel):
    """The window that binds one person, and how it stands now; `own`: given to that person alone."""

    opens_at: datetime | None
    closes_at: datetime | None
    state: Literal["coming", "open", "over"]
    own: bool


class ReturnOut(BaseModel):
    """Who returned a submission, and why."""

    tier: str
    title: Title
    organization: Organization
    decided_at: datetime
    comment: str
    version: int


class TickedRemark(BaseModel):
    """A remark of the return to correct; `addressed`: its place was changed since."""

    section: str | None
    entry: UUID | None
    field: str | None
    scan: UUID | None
    page: int | None
    box: dict[str, float] | None
    comment: str
    addressed: bool


class NamedScanOut(BaseModel):
    """A scan that the draft names."""

    scan_id: UUID
    purpose: Literal["photo", "id_scan", "proof"]
    status: Literal["received", "processing", "ready", "rejected"]
    code: str | None
    reason: str | None
    pages: int
    checks: list[dict[str, Any]]
    attention: int
    uploaded_at: datetime


class DraftChange(BaseModel):
    """Where the draft differs from what was filed."""

    section: str
    entry_id: UUID | None
    field: str | None
    kind: Literal["added", "changed", "removed"]
    old: Any
    new: Any


class Changes(BaseModel):
    """What the next filing would change in the newest version, null where nothing was filed."""

    version: int | None
    items: list[DraftChange]
    organizations: list[Organization]
    """Those that either names, merged ones too."""
