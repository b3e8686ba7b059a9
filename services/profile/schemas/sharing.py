"""What callers receive of sharing, for the document of the API."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from services.profile.schemas.shapes import Title


class PartnerOut(BaseModel):
    """The site that is shared with."""

    partner: str
    title: Title


class ConsentOut(BaseModel):
    """The consent that holds."""

    given_at: datetime
    text_version: str


class ConsentText(BaseModel):
    """What is consented to."""

    version: str
    zh: str
    en: str


class OfferedField(BaseModel):
    """A field that may go out, and what it would show: a line a record."""

    key: str
    field: str
    type: str
    title: Title
    required: bool
    preview: list[str]


class OfferedSection(BaseModel):
    """The fields of a section that may go out."""

    section: str
    title: Title
    repeated: bool
    fields: list[OfferedField]


class PushOut(BaseModel):
    """How the newest telling of the partner stands."""

    state: Literal["queued", "running", "retry", "done", "failed", "cancelled"]
    at: datetime | None


class SharingOut(BaseModel):
    """How one's own sharing stands."""

    shared: bool
    fields: list[str]
    url: str | None
    last_shared_at: datetime | None
    searchable: bool
    can_share: bool
    reason: Literal["not_approved"] | None
    partner: PartnerOut
    consent: ConsentOut | None
    text: ConsentText
    offered: list[OfferedSection]
    push: PushOut | None


class ExpertItem(BaseModel):
    """A person who shares."""

    slug: str
    url: str
    name: str
    employer: str | None
    programme: str


class Experts(BaseModel):
    """People who share, the newest first."""

    items: list[ExpertItem]
    next_cursor: str | None


class ShownValue(BaseModel):
    """One value that is shared, and how it is read."""

    key: str
    title: Title
    value: Any
    shown: Title


class ShownSection(BaseModel):
    """The shared values of a section, record by record."""

    section: str
    title: Title
    repeated: bool
    records: list[list[ShownValue]]


class ExpertOut(BaseModel):
    """Exactly what one person shares, of approved data."""

    slug: str
    url: str
    programme: str
    programme_title: Title
    name: str
    searchable: bool
    updated_at: datetime
    photo: bool
    sections: list[ShownSection]
    structured: dict[str, Any]
