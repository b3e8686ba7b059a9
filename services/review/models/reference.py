"""What review knows from others or is told by administrators: organizations, reviewers, the calendar, numbers."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from services.review.models.base import Table
from shared.kit.columns import jsonb, switch


class Organization(Table, table=True):
    """An organization as auth last told it; `version` decides which telling is the newest.

    `terms` is what its name is searched by, as an employer.
    """

    __tablename__ = "organization"
    __table_args__ = (
        Index("organization_search", "terms", postgresql_using="gin"),
        Index("organization_of_region", "region", "kind"),
    )

    id: UUID = Field(primary_key=True)
    version: int
    name: str
    kind: str
    region: str
    municipal: bool
    programmes: list[str] = jsonb(server_default="[]")
    is_disabled: bool = switch()
    merged_into: UUID | None = None
    """The one that took its place, never one that is itself merged."""
    terms: list[str] = Field(sa_type=ARRAY(String), sa_column_kwargs={"server_default": "{}"})


class Reviewer(Table, table=True):
    """A reviewer as auth last told it: the name beside a decision, and whom rule 7 keeps from an own case.

    `organization_id` is None for one who decides for nobody any more, or whose account is disabled.
    """

    __tablename__ = "reviewer"

    account_id: UUID = Field(primary_key=True)
    version: int
    name: str
    id_index: str | None = None
    organization_id: UUID | None = Field(default=None, index=True)


class CalendarDay(Table, table=True):
    """A day that administrators declare to be worked or not, over the State Council's calendar."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    is_worked: bool = switch()
    name: str = Field(default="", sa_column_kwargs={"server_default": ""})


class MemberSeries(Table, table=True):
    """The last number given to a member of a programme in a year."""

    __tablename__ = "member_series"

    programme: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int
