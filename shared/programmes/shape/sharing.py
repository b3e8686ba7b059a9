"""What a programme lets its approved people share, and with whom; nothing else ever leaves."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from shared.programmes.shape.kinds import Type
from shared.programmes.shape.masks import Mask
from shared.programmes.shape.section import Section
from shared.programmes.shape.words import Json, Words


class Shared(NamedTuple):
    """A field that may go out: `section.field`, what machines read it as (schema.org), and whether it must."""

    key: str
    means: str | None = None
    required: bool = False

    @property
    def section(self) -> str:
        """The section."""
        return self.key.partition(".")[0]

    @property
    def field(self) -> str:
        """The field of that section."""
        return self.key.partition(".")[2]


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A site that an applicant may share approved data with: the fields offered, and the consent that is asked for.

    `consent_version` changes with every word of `consent`: it is kept with each consent that was given.
    """

    partner: str
    title: Words
    fields: tuple[Shared, ...]
    consent: Words
    consent_version: str

    @cached_property
    def offered(self) -> dict[str, Shared]:
        """The fields by their keys, in their order."""
        return {field.key: field for field in self.fields}

    @property
    def required(self) -> tuple[str, ...]:
        """The keys without which nothing can be shared."""
        return tuple(field.key for field in self.fields if field.required)

    def describe(self) -> dict[str, Json]:
        """The partner as the API shows it."""
        return {"partner": self.partner, "title": self.title.both()}

    def check(self, programme: str, sections: tuple[Section, ...]) -> None:
        """Refuse a declaration that offers what is not there, what is shown masked, or a proof."""
        known = {f"{section.section}.{field.field}": field for section in sections for field in section.fields}
        for key in self.offered:
            if key not in known:
                raise ValueError(f"{programme}: {key} is shared and is no field")
            if known[key].mask is not Mask.NONE or known[key].type is Type.SCANS:
                raise ValueError(f"{programme}: {key} may never be shared")
