"""What review knows from others or is told by administrators: organizations, reviewers, the calendar, numbers."""

from datetime import date
from uuid import UUID

from sqlmodel import Field

from services.review.models.base import Table
from shared.kit.columns import switch


class Organization(Table, table=True):
    """An organization as auth last told it; `version` decides which telling is the newest."""

    __tablename__ = "organization"

    id: UUID = Field(primary_key=True)
    version: int
    name: str
    kind: str
    region: str
    municipal: bool


class Reviewer(Table, table=True):
    """A reviewer as auth last told it: the name beside a decision, and whom rule 7 keeps from an own case."""

    __tablename__ = "reviewer"

    account_id: UUID = Field(primary_key=True)
    version: int
    name: str
    id_index: str | None = None


class CalendarDay(Table, table=True):
    """A day that administrators declare to be worked or not, over the State Council's calendar."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    is_worked: bool = switch()


class MemberSeries(Table, table=True):
    """The last number given to a member of a programme in a year."""

    __tablename__ = "member_series"

    programme: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int
