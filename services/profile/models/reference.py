"""Tables of what profile knows from others, or is told by administrators: accounts, organizations, windows, numbers."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from services.profile.models.base import Table
from shared.kit.columns import instant, jsonb, switch


class Account(Table, table=True):
    """An account as auth last told it; `version` decides which telling is the newest."""

    __tablename__ = "account"

    id: UUID = Field(primary_key=True)
    version: int
    name: str
    language: str
    programmes: list[str] = jsonb()
    is_disabled: bool = switch()


class Organization(Table, table=True):
    """An organization as auth last told it: employers, and the holders of tiers."""

    __tablename__ = "organization"
    __table_args__ = (Index("organization_holder", "kind", "region"),)

    id: UUID = Field(primary_key=True)
    version: int
    name: str
    name_en: str = Field(default="", sa_column_kwargs={"server_default": ""})
    pinyin: str
    kind: str
    region: str
    municipal: bool
    programmes: list[str] = jsonb()
    is_disabled: bool = switch()
    merged_into: UUID | None = Field(default=None, index=True)
    """The one that took its place, never one that is itself merged: drafts that name it mean the other."""


class Window(Table, table=True):
    """When a programme takes first filings; no row: always."""

    __tablename__ = "filing_window"
    __table_args__ = (CheckConstraint("opens_at < closes_at", name="filing_window_opens_before_it_closes"),)

    programme: str = Field(primary_key=True)
    opens_at: datetime | None = instant(nullable=True)
    closes_at: datetime | None = instant(nullable=True)


class WindowExtension(Table, table=True):
    """A window of one account's own, which stands for the programme's."""

    __tablename__ = "window_extension"
    __table_args__ = (CheckConstraint("opens_at < closes_at", name="window_extension_opens_before_it_closes"),)

    programme: str = Field(primary_key=True)
    account_id: UUID = Field(primary_key=True)
    opens_at: datetime | None = instant(nullable=True)
    closes_at: datetime | None = instant(nullable=True)


class NumberSeries(Table, table=True):
    """The last number given to a submission of a programme in a year."""

    __tablename__ = "number_series"

    programme: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int


class CalendarDay(Table, table=True):
    """A day that administrators declared to be worked or not; None: as the State Council's calendar has it."""

    __tablename__ = "calendar_day"

    day: date = Field(primary_key=True)
    is_worked: bool | None = None
    changed_at: datetime = instant()
