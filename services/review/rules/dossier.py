"""What a dossier shows: sections and scans of one version, masked where they must be, and what changed between two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from shared.programmes.shape import Contents, Difference, Json, Programme, Section, Values

Part: TypeAlias = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Content:
    """One filed version as profile froze it: `sections` and `scans` in the shapes of the API, full values."""

    version: int
    filed_at: str
    sections: Sequence[Part]
    scans: Sequence[Part]

    def entries(self, section: str) -> frozenset[str]:
        """The ids of a section's entries."""
        return frozenset(str(entry["entry_id"]) for part in self.sections for entry in _entries(part, section))

    def by_section(self) -> Contents:
        """The data as a programme compares them."""
        return {str(part["section"]): _held(part) for part in self.sections}


def masked(content: Content, programme: Programme) -> Content:
    """The version as those see it whose organization does not hold the case now."""
    known = {section.section: section for section in programme.sections}
    parts = [_masked_part(part, known.get(str(part["section"]))) for part in content.sections]
    return Content(content.version, content.filed_at, parts, content.scans)


def changes(old: Content, new: Content, programme: Programme, *, in_full: bool) -> list[dict[str, Json]]:
    """What changed from the older version to the newer one; values are masked unless `in_full`.

    They are compared in full either way: a change under the mask is still a change.
    """
    found = programme.differences(old.by_section(), new.by_section())
    known = {section.section: section for section in programme.sections}
    return [_shown(change if in_full else _masked_change(change, known[change.section])) for change in found]


def _shown(change: Difference) -> dict[str, Json]:
    """A difference as the API shows it: what does not apply is left out."""
    item = dict(change._asdict())
    if change.field is None:
        item.pop("field")
        item.pop("old" if change.kind == "added" else "new")
    return item


def _masked_change(change: Difference, section: Section) -> Difference:
    return change._replace(
        old=masked_value(section, change.field, change.old),
        new=masked_value(section, change.field, change.new),
    )


def masked_value(section: Section, field: str | None, value: Json) -> Json:
    """One field's value under its mask, or, without a field, those of a whole entry."""
    if field is not None:
        return _masked(section, {"values": {field: value}}).get(field)
    return _masked(section, {"values": value}) if isinstance(value, Mapping) else value


def _masked_part(part: Part, section: Section | None) -> Part:
    """A section under its masks; one that this release does not know shows no values at all."""
    if "entries" in part:
        entries = [{**entry, "values": _masked(section, entry)} for entry in _entries(part, str(part["section"]))]
        return {**part, "entries": entries}
    return {**part, "values": _masked(section, part)}


def _masked(section: Section | None, record: Part) -> dict[str, Json]:
    if section is None:
        return {}
    values = _values(record)
    known = {field.field for field in section.fields}
    return section.mask({name: value for name, value in values.items() if name in known})


def _held(part: Part) -> Values | list[tuple[str, Values]]:
    if "entries" not in part:
        return _values(part)
    return [(str(entry["entry_id"]), _values(entry)) for entry in _entries(part, str(part["section"]))]


def _values(record: Part) -> Values:
    values = record.get("values")
    return values if isinstance(values, Mapping) else {}


def _entries(part: Part, section: str) -> list[Part]:
    held = part.get("entries")
    if part.get("section") != section or not isinstance(held, Sequence) or isinstance(held, str):
        return []
    return [entry for entry in held if isinstance(entry, Mapping)]


def organizations_in(content: Content, programme: Programme) -> set[UUID]:
    """Every organization that a version names; sections that this release does not know name none."""
    fields = {section.section: section.organization_fields for section in programme.sections}
    return {
        UUID(str(values[name]))
        for part in content.sections
        for values in _records(part)
        for name in fields.get(str(part["section"]), ())
        if values.get(name)
    }


def _records(part: Part) -> list[Values]:
    """The values of a section: one record, or one for each entry."""
    held = _held(part)
    return [values for _entry, values in held] if isinstance(held, list) else [held]
