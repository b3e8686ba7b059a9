"""What a whole profile holds, what it still lacks, and how two versions of it differ."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from shared.programmes.shape.faults import SENTENCES, sentence
from shared.programmes.shape.section import Section
from shared.programmes.shape.words import Json, Words

Values: TypeAlias = Mapping[str, Json]
Entries: TypeAlias = Sequence[tuple[str, Values]]
"""The entries of a repeated section in their order: each with its id."""
Contents: TypeAlias = Mapping[str, Values | Entries]
"""A profile's data by section: the values of a single one, the entries of a repeated one."""


class Missing(NamedTuple):
    """One thing that keeps a profile from being filed; what does not apply is null."""

    section: str
    entry: str | None
    field: str | None
    code: str
    message: Words


class Difference(NamedTuple):
    """One change between two versions.

    An added or removed entry is one item: `field` null, its values in `new` or `old`. Of a single section and
    of an entry that is in both, each field that differs is one item of kind `changed`, with null for empty.
    """

    section: str
    entry_id: str | None
    field: str | None
    kind: Literal["added", "changed", "removed"]
    old: Json
    new: Json


def entries_of(section: Section, contents: Contents) -> list[tuple[str | None, Values]]:
    """The records of a section with their entry ids; a single section is one record without."""
    held = contents.get(section.section)
    if isinstance(held, Mapping):
        return [(None, held)]
    if held is None:
        return [] if section.repeated else [(None, {})]
    return list(held)


def lacking(section: Section, contents: Contents) -> Iterator[Missing]:
    """What one section lacks: required fields, record by record, and entries up to its minimum."""
    records = entries_of(section, contents)
    if len(records) < section.minimum:
        few = sentence(SENTENCES["too_few_entries"], title=section.title, minimum=section.minimum)
        yield Missing(section.section, None, None, "too_few_entries", few)
    for entry, values in records:
        for fault in section.missing(values):
            yield Missing(section.section, entry, fault.field, fault.code, fault.message)


def differing(section: Section, old: Contents, new: Contents) -> Iterator[Difference]:
    """How one section differs: entries of the new version in their order, then those that are gone."""
    before, after = dict(entries_of(section, old)), dict(entries_of(section, new))
    for entry, values in after.items():
        if entry in before:
            yield from _fields(section, entry, before[entry], values)
        else:
            yield Difference(section.section, entry, None, "added", None, values)
    for entry, values in before.items():
        if entry not in after:
            yield Difference(section.section, entry, None, "removed", values, None)


def _fields(section: Section, entry: str | None, old: Values, new: Values) -> Iterator[Difference]:
    for field in section.fields:
        before, after = old.get(field.field), new.get(field.field)
        if before != after:
            yield Difference(section.section, entry, field.field, "changed", before, after)
