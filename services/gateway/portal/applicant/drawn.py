"""A section as its page shows it: the task list, the entries as cards, the form that is open, what is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.gateway.portal.applicant.marks import heading, marks
from services.gateway.portal.applicant.reading import Opened
from services.gateway.portal.applicant.values import FILES, shown, typed
from services.gateway.portal.visit import Shown

Json = Mapping[str, Any]
INVALID = 422
NEW = "new"
WIDE = 8
"""Fields from which a form is drawn in two columns throughout."""


def section_page(
    opened: Opened,
    slug: str,
    *,
    editing: str | None = None,
    values: Json | None = None,
    faults: Sequence[Json] = (),
    etag: str | None = None,
    conflict: Json | None = None,
    status: int = 200,
) -> Shown:
    """The page. `editing`: an entry's id, or `new`; `values`: what was typed, where it came back."""
    section, content, listed = opened.section(slug), opened.content(slug), marks(opened)
    at = next(number for number, mark in enumerate(listed) if mark["section"] == slug)
    form = None
    if opened.profile["lock"] is None and (editing is not None or not section["repeated"]):
        form = _form(opened, section, editing, values, faults, etag, conflict)
    page = {
        "opened": opened,
        "marks": listed,
        "mark": listed[at],
        "number": at + 1,
        "before": listed[at - 1] if at else None,
        "after": listed[at + 1] if at + 1 < len(listed) else None,
        "section": section,
        "cards": [card(opened, section, entry) for entry in content.get("entries", ())],
        "facts": [] if section["repeated"] else facts(opened, section, content["values"]),
        "form": form,
        "progress": progress_of(listed),
    }
    return Shown("applicant/section.html", page, status)


def _form(
    opened: Opened,
    section: Json,
    editing: str | None,
    values: Json | None,
    faults: Sequence[Json],
    etag: str | None,
    conflict: Json | None,
) -> Json:
    """The form that is open."""
    slug = section["section"]
    saved = _saved(opened.content(slug), editing)
    held = values or saved.get("values", {})
    return {
        "entry_id": editing,
        "etag": etag or saved.get("etag", ""),
        "fields": [form_field(opened, field, held, faults) for field in section["fields"]],
        "faults": faults,
        "conflict": _differences(opened, section, conflict, values or {}) if conflict else None,
        "action": f"{opened.address}/sections/{slug}" + (f"/entries/{editing}" if editing else ""),
    }


def personal_page(opened: Opened, *, has_saved: bool) -> Shown:
    """Every section on one page, folded but the first: the form of single ones, the cards of repeated ones."""
    listed = marks(opened)
    open_form = opened.profile["lock"] is None
    parts = [
        {
            "section": section,
            "mark": mark,
            "form": {**_form(opened, section, None, None, (), None, None), "then": "overview"}
            if open_form and not section["repeated"]
            else None,
            "facts": [] if section["repeated"] else facts(opened, section, opened.content(mark["section"])["values"]),
            "cards": [card(opened, section, one) for one in opened.content(mark["section"]).get("entries", ())],
        }
        for section, mark in zip(opened.catalogue["sections"], listed, strict=True)
    ]
    page = {"opened": opened, "parts": parts, "progress": progress_of(listed), "has_saved": has_saved}
    return Shown("applicant/personal.html", page)


def progress_of(listed: Sequence[Json]) -> Json:
    """How many sections are done."""
    return {"done": sum(mark["state"] in {"done", "optional"} for mark in listed), "total": len(listed)}


def _saved(content: Json, editing: str | None) -> Json:
    """What is saved of what the form shows."""
    if editing is None:
        return content
    return next((one for one in content["entries"] if one["entry_id"] == editing), {})


def form_field(opened: Opened, field: Json, values: Json, faults: Sequence[Json]) -> Json:
    """A field with what its input holds and what is wrong with it."""
    value = values.get(field["field"])
    wrong = next((fault["message"] for fault in faults if fault.get("field") == field["field"]), "")
    is_file = field["type"] in FILES
    named = ([value] if field["type"] == "photo" and value else value or []) if is_file else []
    return {
        **field,
        "value": value if field["type"] == "boolean" else "" if is_file else typed(field, value),
        "scans": [opened.scan(one) or _fresh(one) for one in named],
        "wrong": wrong,
    }


def _fresh(scan_id: str) -> Json:
    """A scan that the saved profile does not name yet."""
    return {"scan_id": scan_id, "status": "received", "checks": [], "pages": 0, "reason": None, "attention": 0}


def card(opened: Opened, section: Json, entry: Json) -> Json:
    """An entry as a card."""
    names = {one["organization_id"]: one["name"] for one in opened.employers}
    return {
        "entry_id": entry["entry_id"],
        "etag": entry["etag"],
        "heading": heading(list(section["fields"]), entry["values"], names),
        "facts": facts(opened, section, entry["values"]),
        "scans": scans_of(opened, section, entry["values"]),
        "remarks": [r for r in opened.profile["remarks"] if r["entry"] == entry["entry_id"] and not r["addressed"]],
        "missing": [m for m in opened.profile["completeness"]["missing"] if m.get("entry") == entry["entry_id"]],
    }


def facts(opened: Opened, section: Json, values: Json) -> list[Json]:
    """What an entry says, field by field; what is empty is left out."""
    names = {key: name for key in [values.get("employer")] if key and (name := opened.employer(str(key)))}
    told = [(field, shown(field, values.get(field["field"]), names)) for field in section["fields"]]
    return [{"title": field["title"], "value": value, "is_long": field["type"] == "long_text"}
            for field, value in told if value is not None]  # fmt: skip


def scans_of(opened: Opened, section: Json, values: Json) -> list[Json]:
    """The scans of an entry, each with its field."""
    found: list[Json] = []
    for field in section["fields"]:
        value = values.get(field["field"]) if field["type"] in FILES else None
        named = [value] if isinstance(value, str) else value or []
        found += [{**(opened.scan(one) or _fresh(one)), "title": field["title"]} for one in named]
    return found


def _differences(opened: Opened, section: Json, saved: Json, typed_in: Json) -> list[Json]:
    """Where what was typed and what somebody saved meanwhile differ, both as people read them."""
    names = {one["organization_id"]: one["name"] for one in opened.employers}
    rows: list[Json] = []
    for field in section["fields"]:
        ours, theirs = typed_in.get(field["field"]), saved["values"].get(field["field"])
        if typed(field, ours) != typed(field, theirs):
            rows.append(
                {"title": field["title"], "ours": shown(field, ours, names), "theirs": shown(field, theirs, names)}
            )
    return rows
