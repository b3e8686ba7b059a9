"""A section of a profile: a Pydantic class of fields, read, judged, masked and described as one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict

from shared.programmes.shape.faults import SENTENCES, Fault, Faults, Unfit, sentence
from shared.programmes.shape.fields import Field
from shared.programmes.shape.kinds import Asked, Kind, Type
from shared.programmes.shape.rules import Rule
from shared.programmes.shape.typing_in import is_blank
from shared.programmes.shape.words import Json, Words

_NAME = 60


class Record(BaseModel):
    """What every section's class is: its fields, strictly of their kinds, and the rules between them."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)
    rules: ClassVar[tuple[Rule, ...]] = ()


class NamedScan(NamedTuple):
    """A scan or photo that a field names."""

    field: str
    scan_id: str
    purpose: str


@dataclass(frozen=True)
class Section:
    """A titled part of a profile: one record, or (`repeated`) any number of entries, `minimum` at least.

    `heading` is a title that several sections stand under.
    """

    section: str
    title: Words
    model: type[Record]
    repeated: bool = False
    minimum: int = 0
    heading: Words | None = None

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields in the order of the class."""
        return tuple(_declared(name, info.metadata) for name, info in self.model.model_fields.items())

    @cached_property
    def scan_fields(self) -> tuple[str, ...]:
        """The fields whose value is a list of scans."""
        return self._of_type(Type.SCANS)

    @cached_property
    def photo_fields(self) -> tuple[str, ...]:
        """The fields whose value is one photo's scan."""
        return self._of_type(Type.PHOTO)

    @cached_property
    def organization_fields(self) -> tuple[str, ...]:
        """The fields whose value is an organization."""
        return self._of_type(Type.ORGANIZATION)

    def field(self, name: str) -> Field:
        """The field of that name; KeyError where there is none."""
        return self._by_name[name]

    def parse(self, values: Mapping[str, object]) -> dict[str, Json]:
        """Read what was typed: a map of the fields given, in the section's order, each as it is kept.

        What was left empty is not in it, and required fields may be: this is a draft. Raises Faults with all
        that is wrong at once: unknown fields, values that cannot be read, broken rules between fields.
        Parsing its own answer gives the same answer.
        """
        faults = [_unknown(name) for name in values if name not in self._by_name]
        kept: dict[str, Json] = {}
        for field in self.fields:
            try:
                value = field.read(values.get(field.field))
            except Unfit as unfit:
                faults.append(field.fault(unfit))
            else:
                if value is not None:
                    kept[field.field] = value
        faults.extend(self._breaches(kept))
        if faults:
            raise Faults(faults)
        self.model.model_validate(dict.fromkeys(self._by_name) | kept)
        return kept

    def missing(self, values: Mapping[str, Json]) -> list[Fault]:
        """The required fields that are still empty, each with code `required`."""
        given = {name: value for name, value in values.items() if not is_blank(value)}
        excused = frozenset[str]().union(*(rule.excuses(given) for rule in self.model.rules))
        wanted = (field for field in self.fields if field.required and field.field not in excused)
        return [field.lacking() for field in wanted if field.field not in given]

    def mask(self, values: Mapping[str, Json]) -> dict[str, Json]:
        """The values as those see them who may not see the whole."""
        return {name: self._by_name[name].mask.over(value) for name, value in values.items()}

    def scans_in(self, values: Mapping[str, Json]) -> list[NamedScan]:
        """Every scan and photo that the values name, with the purpose that its field gives it."""
        return [
            NamedScan(name, str(scan_id), self._by_name[name].purpose or "proof")
            for name in (*self.photo_fields, *self.scan_fields)
            for scan_id in _each(values.get(name))
        ]

    def describe(self) -> dict[str, Json]:
        """The section as the API shows it."""
        return {
            "section": self.section,
            "title": self.title.both(),
            "heading": self.heading.both() if self.heading else None,
            "repeated": self.repeated,
            "minimum": self.minimum,
            "fields": [field.describe() for field in self.fields],
        }

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.field: field for field in self.fields}

    def _of_type(self, wanted: Type) -> tuple[str, ...]:
        return tuple(field.field for field in self.fields if field.type is wanted)

    def _breaches(self, values: Mapping[str, Json]) -> Iterator[Fault]:
        for rule in self.model.rules:
            for name, unfit in rule.breaches(values):
                yield self._by_name[name].fault(unfit)


def _declared(name: str, metadata: list[object]) -> Field:
    """The field of an annotation such as `Annotated[Text, required("学校", "School")]`."""
    kind = next(said for said in metadata if isinstance(said, Kind))
    asked = next(said for said in metadata if isinstance(said, Asked))
    return Field.declared(name, kind, asked)


def _unknown(name: str) -> Fault:
    """That there is no such field; its name is cut and made printable, for it may be anything."""
    shown = name[:_NAME].encode("utf-8", "replace").decode()
    return Fault(shown, "unknown_field", sentence(SENTENCES["unknown_field"], name=shown))


def _each(value: Json) -> list[Json]:
    """The members of a list, a single value as its only member, nothing for null."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
