"""The law of history: what changed from version to version, and which version was the approved one on a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from shared.contracts.refusals import Missing
from shared.programmes.shape import Contents, Difference, Json, Programme


@dataclass(frozen=True, slots=True)
class Filed:
    """A version as it was frozen, and when it was approved, where it was."""

    version: int
    at: datetime
    change_request_id: str | None
    approved_at: datetime | None
    held: Contents


class Asked(NamedTuple):
    """Which part of the data is asked about; None: all of it."""

    section: str | None = None
    field: str | None = None
    entry_id: str | None = None

    def check(self, programme: Programme) -> None:
        """Refuse, as Missing, a section or a field that the programme does not have."""
        sections = [one for one in programme.sections if self.section in {None, one.section}]
        if not any(self.field is None or self.field in {one.field for one in part.fields} for part in sections):
            raise Missing


def changes(programme: Programme, versions: Sequence[Filed], asked: Asked) -> list[dict[str, Any]]:
    """What each version changed in the one before it, the newest first; the first one changed nothing into something.

    `versions` come in their order. Asked for one field, an entry that came or went is told by that field's value.
    """
    items: list[dict[str, Any]] = []
    before: Contents = {}
    for filed in versions:
        said = _said(programme, programme.differences(before, filed.held), asked)
        head = {
            "version": filed.version,
            "at": filed.at,
            "cause": "change_request" if filed.change_request_id else "filing",
            "change_request_id": filed.change_request_id,
            "approved_at": filed.approved_at,
        }
        items[:0] = [head | change._asdict() for change in said]
        before = filed.held
    return items


def _said(programme: Programme, found: Sequence[Difference], asked: Asked) -> Iterator[Difference]:
    """The differences that were asked for."""
    for change in found:
        if asked.section not in {None, change.section} or asked.entry_id not in {None, change.entry_id}:
            continue
        if asked.field is None or change.field == asked.field:
            yield change
        elif change.field is None:
            yield from _of_field(programme, change, asked.field)


def _of_field(programme: Programme, change: Difference, name: str) -> Iterator[Difference]:
    """An entry that came or went, as one of its fields."""
    old, new = _value(change.old, name), _value(change.new, name)
    if name in {field.field for field in programme.section(change.section).fields} and old != new:
        yield change._replace(field=name, old=old, new=new)


def _value(values: Json, name: str) -> Json:
    """One field of an entry's values."""
    return values.get(name) if isinstance(values, Mapping) else None


def masked(programme: Programme, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same as those see it who may not see the whole."""
    return [
        item | {side: _masked(programme, item["section"], item["field"], item[side]) for side in ("old", "new")}
        for item in items
    ]


def _masked(programme: Programme, section: str, field: str | None, value: Json) -> Json:
    """One side of a change under its mask."""
    known = programme.section(section)
    if field is not None:
        return known.field(field).mask.over(value)
    return known.mask(value) if isinstance(value, Mapping) else value


def standing_at(approved: Sequence[tuple[int, datetime]], until: datetime) -> tuple[int, datetime, datetime | None]:
    """The version that was the approved one just before `until`: its number, since when, and until when it was.

    `approved` comes in the order of versions. Missing where nothing was approved yet.
    """
    current: tuple[int, datetime] | None = None
    for version, at in approved:
        if at < until:
            current = (version, at)
        elif current is not None:
            return (*current, at)
    if current is None:
        raise Missing
    return (*current, None)
