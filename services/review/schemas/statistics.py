"""Statistics of the review: how much waits, how much was decided, and how long it took."""

from uuid import UUID

from pydantic import BaseModel


class TierFigures(BaseModel):
    """One tier at one organization. Times run from reaching the tier to its decision, in seconds."""

    programme: str
    tier: str
    organization_id: UUID
    organization: str
    waiting: int
    decided: int
    returned: int
    median_seconds: float | None
    p90_seconds: float | None


class Statistics(BaseModel):
    """The figures of every tier and organization that the reader may see."""

    items: list[TierFigures]
