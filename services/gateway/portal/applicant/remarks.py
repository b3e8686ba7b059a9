"""Remarks of a return as a list that ticks itself: each with the words of its place, and the way to it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]
Place = tuple[str, str | None, str]


def placed(catalogue: Json, remarks: Iterable[Json], sections: Sequence[Json] = ()) -> list[dict[str, Any]]:
    """The remarks with `section_title`, `field_title` and `link`.

    `sections`: the draft, where it is at hand; a remark on a scan is then led to the field that holds it, one on a
    field of the only entry to that entry, and one on an entry that is gone to its section.
    """
    told = list(remarks)
    named = _scans(catalogue, sections) if any(one["scan"] for one in told) else {}
    return [_placed(catalogue, remark, _place(remark, named, sections)) for remark in told]


def _place(remark: Json, named: Mapping[str, Place], sections: Sequence[Json]) -> tuple[str | None, ...]:
    """Section, entry and field, as far as they can be told."""
    slug, entry, name = remark["section"], remark["entry"], remark["field"]
    if entry is None and remark["scan"] in named:
        return named[remark["scan"]]
    content = next((one for one in sections if one["section"] == slug), None)
    if content is None:
        return slug, entry, name
    living = [one["entry_id"] for one in content.get("entries", ())]
    if entry is None and len(living) == 1:
        return slug, living[0], name
    return slug, entry if entry in living else None, name


def _placed(catalogue: Json, remark: Json, place: tuple[str | None, ...]) -> dict[str, Any]:
    """One of them."""
    slug, entry, name = place
    section = next((one for one in catalogue["sections"] if one["section"] == slug), None)
    field = next((one for one in (section or {}).get("fields", ()) if one["field"] == name), None)
    return {
        **remark,
        "section": slug,
        "entry": entry,
        "field": name,
        "addressed": bool(remark.get("addressed")),
        "section_title": section["title"] if section else None,
        "field_title": field["title"] if field else None,
        "link": _link(catalogue["programme"], section, entry, name),
    }


def _link(programme: str, section: Json | None, entry: str | None, name: str | None) -> str:
    """Where it is corrected: the very field, the entry, the section, or the whole."""
    if section is None:
        return f"/profiles/{programme}"
    address = f"/profiles/{programme}/sections/{section['section']}"
    if entry:
        return f"{address}/entries/{entry}#{name or 'edit'}"
    return f"{address}#{name}" if name and not section["repeated"] else address


def _scans(catalogue: Json, sections: Sequence[Json]) -> dict[str, Place]:
    """Where the draft names which scan."""
    found: dict[str, Place] = {}
    if not sections:
        return found
    for declared, content in zip(catalogue["sections"], sections, strict=True):
        records = [(one["entry_id"], one["values"]) for one in content.get("entries", ())]
        for entry, values in records if declared["repeated"] else [(None, content["values"])]:
            for field in declared["fields"]:
                if field["type"] in {"photo", "scans"}:
                    found |= dict.fromkeys(
                        ids_of(values.get(field["field"])), (content["section"], entry, field["field"])
                    )
    return found


def ids_of(value: Any) -> list[str]:  # noqa: ANN401 - one id, a list of them, or none
    """The scans that a field names."""
    return [value] if isinstance(value, str) else list(value or [])
