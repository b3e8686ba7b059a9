"""Tables of the draft: an applicant's profile in one programme, the records of its sections, and what was taken out."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from services.profile.models.base import Table
from shared.kit.columns import instant, jsonb, sealed, switch


class Profile(Table, table=True):
    """What one applicant declares in one programme; the draft that its owner alone edits."""

    __tablename__ = "profile"
    __table_args__ = (UniqueConstraint("account_id", "programme", name="profile_one_each"),)

    id: UUID = Field(primary_key=True)
    account_id: UUID
    programme: str
    registration: bytes | None = sealed(nullable=True)
    """What the registration gave and no section holds (JSON)."""
    talent_type: str | None = None
    """Its code, for letters; from the registration."""
    absent: list[str] = jsonb(server_default="[]")
    """Optional sections of which the applicant says that there is nothing to declare (暂无)."""
    last_modified_at: datetime = instant(default=True)
    created_at: datetime = instant(default=True)


class Entry(Table, table=True):
    """The one record of a single section, or one of the many of a repeated one."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("entry_one_of_a_single_section", "profile_id", "section", unique=True, postgresql_where=text("single")),
        Index("entry_of_profile", "profile_id", "created_at", "id"),
        Index("entry_names_scan", "scans", postgresql_using="gin"),
    )

    id: UUID = Field(primary_key=True)
    profile_id: UUID = Field(foreign_key="profile.id")
    section: str
    single: bool = switch()
    revision: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    content: bytes = sealed()
    """The values (JSON)."""
    scans: dict[str, str] = jsonb(server_default="{}")
    """Which scans it names, each with its field: what it is not encrypted for."""
    position: int | None = None
    """Its place among the entries of its section, once they were put into an order; later ones stand behind."""
    created_at: datetime = instant(default=True)
    updated_at: datetime = instant(default=True)


class RemovedEntry(Table, table=True):
    """An entry that was taken out of a draft less than a day ago: it may be put back as it was."""

    __tablename__ = "removed_entry"
    __table_args__ = (Index("removed_entry_by_age", "removed_at"),)

    id: UUID = Field(primary_key=True)
    profile_id: UUID = Field(foreign_key="profile.id")
    section: str
    revision: int
    content: bytes = sealed()
    """As `entry.content` held it."""
    scans: dict[str, str] = jsonb(server_default="{}")
    position: int | None = None
    created_at: datetime = instant()
    removed_at: datetime = instant(default=True)
