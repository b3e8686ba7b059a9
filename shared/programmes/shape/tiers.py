"""The steps of a review route, the classes that the last one gives, and the number that comes with them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from shared.programmes.shape.words import Json, Words


class Seat(StrEnum):
    """Where the organization of a tier sits, seen from the applicant's employer."""

    EMPLOYER = "employer"
    """the employer itself"""
    COUNTY = "county"
    """in the employer's region"""
    CITY = "city"
    """in the city of the employer's region"""


@dataclass(frozen=True)
class Tier:
    """One step of a route, held by one organization.

    `working_days` is how long it may take; `organization_kind` the kind of organization that holds it (the
    tier's own name where nothing is said); `classifies` that its approval must give a category.
    """

    tier: str
    title: Words
    skipped_for_municipal: bool = False
    classifies: bool = False
    working_days: int = 5
    organization_kind: str = ""
    seat: Seat = Seat.EMPLOYER

    @property
    def kind(self) -> str:
        """The kind of organization that holds it."""
        return self.organization_kind or self.tier

    def region(self, employer_region: str) -> str:
        """The division (GB/T 2260, six digits) where its organization is sought."""
        return employer_region[:4] + "00" if self.seat is Seat.CITY else employer_region

    def describe(self) -> dict[str, Json]:
        """The tier as the API shows it."""
        return {
            "tier": self.tier,
            "title": self.title.both(),
            "skipped_for_municipal": self.skipped_for_municipal,
            "classifies": self.classifies,
        }


class Category(NamedTuple):
    """A class that the last tier gives with its approval."""

    category: str
    title: Words

    def describe(self) -> dict[str, Json]:
        """The category as the API shows it."""
        return {"category": self.category, "title": self.title.both()}


class Membership(NamedTuple):
    """What an approved applicant becomes, and how the number of a member is written."""

    title: Words
    prefix: str
    digits: int = 6

    def number(self, year: int, serial: int) -> str:
        """The number of the `serial`-th member of a year: prefix, year, serial."""
        return f"{self.prefix}{year:04}{serial:0{self.digits}}"


class Office(NamedTuple):
    """An organization that holds a tier: reference data, made with every installation."""

    kind: str
    name: str
    region: str
