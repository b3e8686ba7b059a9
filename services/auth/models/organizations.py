"""Organizations: employers, bureaus and offices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from services.auth.models.base import Table
from shared.kit.columns import instant, switch
from shared.kit.ids import new_id


class Organization(Table, table=True):
    """One organization. `version` grows with each event; `pinyin` sorts, `initials` are for searching.

    `employs` says that people work there; of the other kinds, which hold a tier for a whole region, one in each
    region may be enabled.
    """

    __tablename__ = "organization"
    __table_args__ = (
        CheckConstraint("region ~ '^[1-9][0-9]{5}$'", name="organization_region_has_six_digits"),
        CheckConstraint("NOT municipal OR employs", name="organization_municipal_employs"),
        CheckConstraint("merged_into IS NULL OR disabled_at IS NOT NULL", name="organization_merged_is_disabled"),
        Index("organization_listed", "pinyin", "id"),
        Index("organization_by_region", "region", "kind"),
        Index(
            "organization_holder",
            "kind",
            "region",
            unique=True,
            postgresql_where=text("NOT employs AND disabled_at IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    name: str
    name_key: str = Field(index=True)
    pinyin: str
    initials: str
    kind: str
    region: str
    employs: bool = switch()
    municipal: bool = switch()
    credit_code: str | None = Field(default=None, unique=True)
    programmes: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    made_at: datetime = instant(default=True)
    disabled_at: datetime | None = instant(nullable=True)
    merged_into: UUID | None = Field(default=None, foreign_key="organization.id", index=True)
    """The one that took its place; never one that is itself merged."""
