"""A profile's data as snapshots keep them (a list of sections), and as the programme's laws read them (by section)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, cast

from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.programmes.shape import Contents, Json, Programme, Section, Values

Sections: TypeAlias = list[dict[str, Any]]
"""`[{section, values}]` for single ones, `[{section, entries: [{entry_id, values}]}]` for repeated ones."""
Records: TypeAlias = Mapping[str, Sequence[tuple[str, Values]]]
"""By section: each record's id and its values; a single section has one at most."""


MOST_ENTRIES = 200
"""Entries that one section may hold."""


def check_room(section: Section, held: int) -> None:
    """Refuse one entry more than a section may hold."""
    if held >= MOST_ENTRIES:
        sentence = _("该栏目最多填写 {most} 条。")
        values = (("most", MOST_ENTRIES),)
        raise Invalid(faults=[Fault("too_many_entries", sentence, section=section.section, values=values)])


class NamedIn(NamedTuple):
    """A scan and the place that names it."""

    scan_id: str
    section: str
    entry_id: str | None
    field: str
    purpose: str


def contents(programme: Programme, records: Records) -> Contents:
    """What the programme's laws read: only sections that the programme has."""
    held: dict[str, Values | Sequence[tuple[str, Values]]] = {}
    for section in programme.sections:
        rows = records.get(section.section, ())
        held[section.section] = list(rows) if section.repeated else (rows[0][1] if rows else {})
    return held


def frozen(programme: Programme, held: Contents) -> Sections:
    """The sections as a snapshot keeps them."""
    return [_frozen(section, held.get(section.section)) for section in programme.sections]


def _frozen(section: Section, held: object) -> dict[str, Any]:
    """One section of a snapshot."""
    if not section.repeated:
        return {"section": section.section, "values": dict(cast("Values", held or {}))}
    entries = cast("Sequence[tuple[str, Values]]", held or ())
    return {
        "section": section.section,
        "entries": [{"entry_id": entry, "values": dict(values)} for entry, values in entries],
    }


def thawed(sections: Sections) -> dict[str, Values | list[tuple[str, Values]]]:
    """A snapshot's sections by name, as the laws read them."""
    return {
        part["section"]: part["values"]
        if "values" in part
        else [(entry["entry_id"], entry["values"]) for entry in part["entries"]]
        for part in sections
    }


def contents_masked(programme: Programme, held: Contents) -> Contents:
    """The same as those see it who may not see the whole."""
    hidden: dict[str, Values | Sequence[tuple[str, Values]]] = {}
    for section in programme.sections:
        records = records_of(section, held)
        if section.repeated:
            hidden[section.section] = [(str(entry), section.mask(values)) for entry, values in records]
        else:
            hidden[section.section] = section.mask(records[0][1])
    return hidden


def records_of(section: Section, held: Contents) -> list[tuple[str | None, Values]]:
    """The records of a section; a single one's has no id."""
    kept = held.get(section.section)
    if not section.repeated:
        return [(None, cast("Values", kept or {}))]
    return list(cast("Sequence[tuple[str, Values]]", kept or ()))


def scans_named(programme: Programme, held: Contents) -> Iterator[NamedIn]:
    """Every place that names a scan, in the programme's order."""
    for section in programme.sections:
        for entry, values in records_of(section, held):
            for named in section.scans_in(values):
                yield NamedIn(named.scan_id, section.section, entry, named.field, named.purpose)


def applicant_name(held: Contents) -> str:
    """The name that the person goes by in lists and letters: `basic.name`."""
    return str(_basic(held).get("name") or "")


def employer(held: Contents) -> str | None:
    """The organization that `basic.employer` names."""
    named = _basic(held).get("employer")
    return str(named) if named else None


def id_number(held: Contents) -> str:
    """The number of the identity document in `basic`, empty where there is none."""
    return str(_basic(held).get("id_number") or "")


def is_foreign(held: Contents) -> bool:
    """Whether the applicant declares another nationality than the Chinese one."""
    return _basic(held).get("nationality", "CHN") != "CHN"


def photo(programme: Programme, held: Contents) -> str | None:
    """The scan of the first photo field, for the form."""
    return next((named.scan_id for named in scans_named(programme, held) if named.purpose == "photo"), None)


def _basic(held: Contents) -> Mapping[str, Json]:
    """The first section of every programme."""
    return cast("Mapping[str, Json]", held.get("basic") or {})
