"""Statistics of the review: how much waits, how much was decided, how long it took, and why cases came back."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

By = Literal["tier", "organization", "county", "category", "month"]


class Title(BaseModel):
    """A name in both languages."""

    zh: str
    en: str


class Figures(BaseModel):
    """What was decided. Times run from reaching the tier to its decision, in seconds, and in days of 24 hours."""

    waiting: int
    decided: int
    approved: int
    returned: int
    median_seconds: float | None
    p90_seconds: float | None
    median_days: float | None
    p90_days: float | None


class TierFigures(Figures):
    """One tier at one organization; `waits_since`: when the case arrived that waits longest, null where none waits."""

    programme: str
    tier: str
    organization_id: UUID
    organization: str
    waits_since: datetime | None


class GroupFigures(Figures):
    """The figures of a tier, an organization, a county, a category, or a month; `title` is null for a month."""

    key: str
    title: Title | None


class Reason(BaseModel):
    """A section that remarks of returns were pinned to; null where they were pinned to none."""

    programme: str
    section: str | None
    title: Title | None
    remarks: int
    cases: int


class Statistics(BaseModel):
    """The figures of every tier and organization that the reader may see; `groups` where a breakdown was asked for."""

    items: list[TierFigures]
    by: By | None
    groups: list[GroupFigures]
    reasons: list[Reason]
