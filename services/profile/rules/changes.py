"""The law of change requests: what may be asked for, and what approved data become of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias, cast

from services.profile.rules import faults
from services.profile.rules.contents import check_room, records_of
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.programmes.shape import Contents, Faults, Json, Section, Values

Kind: TypeAlias = Literal["change", "add", "remove"]
WHOLE = "*"
"""Stands for a whole entry among the fields that wait."""


class Change(NamedTuple):
    """One field: what it holds, and what it shall hold; null is empty."""

    field: str
    old: Json
    new: Json


class Waiting(NamedTuple):
    """A request that waits for the same section."""

    kind: str
    entry_id: str | None
    changes: Sequence[Change]


def judged(
    section: Section, held: Contents, kind: Kind, entry_id: str | None, given: Mapping[str, object]
) -> list[Change]:
    """What the request changes, field by field, with the old values; all that is wrong is refused at once."""
    records = records_of(section, held)
    if kind == "add":
        return _added(section, given, entry_id)
    old = dict(records).get(entry_id)
    if old is None or (kind == "remove" and not section.repeated):
        raise _wrong(section, "unknown_entry", _("没有这一条目，请重新选择。"), "entry_id")
    if kind == "remove":
        return _removed(section, given, old, len(records))
    return _changed(section, given, old, entry_id)


def _changed(section: Section, given: Mapping[str, object], old: Values, entry: str | None) -> list[Change]:
    """Fields of a record that is there; what stays as it is is left out."""
    new = _read(section, {**old, **given}, entry)
    changes = [Change(name, old.get(name), new.get(name)) for name in given if old.get(name) != new.get(name)]
    if not changes:
        raise _wrong(section, "nothing_changed", _("没有任何改动，请先修改需要变更的内容。"), "changes")
    return changes


def _added(section: Section, given: Mapping[str, object], entry: str | None) -> list[Change]:
    """A new entry of a repeated section."""
    if not section.repeated or entry is not None:
        raise _wrong(section, "unknown_entry", _("该栏目不能增加条目。"), "entry_id")
    return [Change(name, None, value) for name, value in _read(section, given, None).items()]


def _removed(section: Section, given: Mapping[str, object], old: Values, count: int) -> list[Change]:
    """An entry that shall go; the section's minimum must be left."""
    if given:
        raise _wrong(section, "changes_not_here", _("删除条目时不能同时填写新内容。"), "changes")
    if count <= section.minimum:
        sentence = _("该栏目至少保留 {minimum} 条。")
        raise _wrong(section, "too_few_entries", sentence, "entry_id", minimum=section.minimum)
    return [Change(name, value, None) for name, value in old.items()]


def _read(section: Section, values: Mapping[str, object], entry: str | None) -> dict[str, Json]:
    """The values read, with nothing required missing: approved data stay complete."""
    try:
        read = section.parse(values)
    except Faults as refused:
        raise Invalid(faults=faults.of_section(section.section, refused.faults, entry)) from refused
    lacking = section.missing(read)
    if lacking:
        raise Invalid(faults=faults.of_section(section.section, lacking, entry))
    return read


def _wrong(section: Section, code: str, sentence: str, field: str, **values: object) -> Invalid:
    """One thing that is wrong with the request itself."""
    fault = Fault(code=code, message=sentence, field=field, section=section.section, values=tuple(values.items()))
    return Invalid(faults=[fault])


def check_beside(
    section: Section,
    held: Contents,
    kind: Kind,
    entry_id: str | None,
    changes: Sequence[Change],
    waiting: Sequence[Waiting],
) -> None:
    """Refuse what would not hold once every request that waits for the section is approved too.

    Removals together must leave the section's minimum, additions its most; fields of one record that are asked for
    one by one must still fit each other.
    """
    records = records_of(section, held)
    leaving = sum(one.kind == "remove" for one in waiting)
    arriving = sum(one.kind == "add" for one in waiting)
    if kind == "remove" and len(records) - leaving <= section.minimum:
        sentence = _("该栏目至少保留 {minimum} 条。")
        raise _wrong(section, "too_few_entries", sentence, "entry_id", minimum=section.minimum)
    if kind == "add":
        check_room(section, len(records) + arriving)
    if kind == "change":
        beside = [
            change for one in waiting if one.kind == "change" and one.entry_id == entry_id for change in one.changes
        ]
        _read(section, after(after(dict(records)[entry_id], beside), changes), entry_id)


def waiting_fields(kind: Kind, changes: Iterable[Change]) -> list[str]:
    """What a request keeps others from asking for; an added entry is nobody's yet."""
    if kind == "add":
        return []
    return [WHOLE] if kind == "remove" else [change.field for change in changes]


def collides(asked: Sequence[str], waiting: Iterable[str]) -> bool:
    """Whether fields of one record wait already: the same one, or the whole entry on either side."""
    held = set(waiting)
    return bool(held) and bool(asked) and (WHOLE in held or WHOLE in asked or not held.isdisjoint(asked))


def after(values: Values, changes: Iterable[Change]) -> dict[str, Json]:
    """A record once the changes are applied; an emptied field is left out."""
    merged = dict(values)
    for change in changes:
        merged[change.field] = change.new
    return {name: value for name, value in merged.items() if value is not None}


def applied(
    held: Contents, section: Section, kind: Kind, entry_id: str | None, changes: Sequence[Change]
) -> dict[str, Any]:
    """Approved data with one request applied; nothing else in them moves. An added entry stands last."""
    moved = dict(held)
    if not section.repeated:
        moved[section.section] = after(cast("Values", held.get(section.section) or {}), changes)
        return moved
    entries = list(cast("Sequence[tuple[str, Values]]", held.get(section.section) or ()))
    if kind == "add":
        entries.append((str(entry_id), after({}, changes)))
    elif kind == "remove":
        entries = [(entry, values) for entry, values in entries if entry != entry_id]
    else:
        entries = [(e, after(values, changes) if e == entry_id else values) for e, values in entries]
    moved[section.section] = entries
    return moved


def organizations_in(section: Section, changes: Iterable[Change]) -> set[str]:
    """Every organization that a request names, as it was and as it shall be."""
    sides = [side for change in changes if change.field in section.organization_fields for side in change[1:]]
    return {str(side) for side in sides if side}
