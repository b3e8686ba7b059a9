"""Remarks of a return as a list that ticks itself: each with the words of its place, and the way to it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]
Place = tuple[str, str | None, str]


def placed(catalogue: Json, remarks: Iterable[Json], sections: Sequence[Json] = ()) -> list[dict[str, Any]]:
    """The remarks with `section_title`, `field_title` and `link`.

    `sections`: the draft, where it is at hand; a remark on a scan alone is then led to the field that holds it, and
    one on an entry that is gone to its section.
    """
    told = list(remarks)
    named = _scans(catalogue, sections) if sections and any(one["section"] is None for one in told) else {}
    living = {entry["entry_id"] for part in sections for entry in part.get("entries", ())} if told else set()
    return [_placed(catalogue, remark, named, living if sections else None) for remark in told]


def _placed(catalogue: Json, remark: Json, named: Mapping[str, Place], living: set[str] | None) -> dict[str, Any]:
    """One of them."""
    slug, entry, name = remark["section"], remark["entry"], remark["field"]
    if slug is None and remark["scan"] in named:
        slug, entry, name = named[remark["scan"]]
    if living is not None and entry not in living:
        entry = None
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
