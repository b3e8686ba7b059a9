"""What the next filing would change in the version before, as people read it: section by section, old beside new."""

from collections.abc import Mapping
from typing import Any

from services.gateway.portal.applicant.marks import heading
from services.gateway.portal.applicant.reading import Opened, names_of
from services.gateway.portal.applicant.remarks import ids_of
from services.gateway.portal.applicant.values import FILES, shown

Json = Mapping[str, Any]


def changes_of(page: Opened) -> Json | None:
    """The version that was filed last, and rows of what differs; None where nothing was filed, or it is not known."""
    told = page.also.get("changes")
    if told is None or told["version"] is None:
        return None
    names = {**page.names, **names_of(told)}
    return {"version": told["version"], "rows": [_row(page, change, names) for change in told["items"]]}


def _row(page: Opened, change: Json, names: Mapping[str, str]) -> Json:
    """One change."""
    section = page.section(change["section"])
    field = next((one for one in section["fields"] if one["field"] == change["field"]), None)
    row = {"section_title": section["title"], "kind": change["kind"], "heading": _heading(page, section, change, names)}
    if field is None:
        return {**row, "field_title": None, "scans": None, "old": None, "new": None}
    is_file = field["type"] in FILES
    sides = {side: None if is_file else shown(field, change[side], names) for side in ("old", "new")}
    scans = {side: ids_of(change[side]) for side in ("old", "new")} if is_file else None
    return {**row, "field_title": field["title"], "scans": scans, **sides}


def _heading(page: Opened, section: Json, change: Json, names: Mapping[str, str]) -> list[Any]:
    """The first words of the entry that a change is of."""
    if change["entry_id"] is None:
        return []
    entries = page.content(change["section"]).get("entries", ())
    held = next((one["values"] for one in entries if one["entry_id"] == change["entry_id"]), None)
    return heading(list(section["fields"]), held or change["new"] or change["old"] or {}, names)
