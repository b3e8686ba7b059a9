"""A section as its page shows it: the task list, the entries as cards, the form that is open, what is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.gateway.portal.applicant.forming import BLANK, Typed, form, fresh
from services.gateway.portal.applicant.marks import heading, marks
from services.gateway.portal.applicant.reading import Opened
from services.gateway.portal.applicant.remarks import ids_of, placed
from services.gateway.portal.applicant.values import FILES, shown
from services.gateway.portal.visit import Shown

Json = Mapping[str, Any]
INVALID = 422


def section_page(
    opened: Opened,
    slug: str,
    *,
    editing: str | None = None,
    came: Typed = BLANK,
    note: Json | None = None,
    status: int = 200,
) -> Shown:
    """The page. `editing`: an entry's id, or `new`; `came`: what a form came back with; `note`: what was done."""
    section, content, listed = opened.section(slug), opened.content(slug), marks(opened)
    at = next(number for number, mark in enumerate(listed) if mark["section"] == slug)
    is_open = opened.profile["lock"] is None and (editing is not None or not section["repeated"])
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
        "figures": [] if section["repeated"] else scans_of(opened, section, content["values"]),
        "form": form(opened, section, editing, came) if is_open else None,
        "note": note,
        "progress": progress_of(listed),
        "ahead": tiers_ahead(opened),
    }
    return Shown("applicant/section.html", page, status)


def progress_of(listed: Sequence[Json]) -> Json:
    """How many sections are done."""
    return {"done": sum(mark["state"] in {"done", "optional", "none"} for mark in listed), "total": len(listed)}


def tiers_ahead(opened: Opened) -> list[Json]:
    """The tiers that a filing would go through: those of the county not, for a municipal employer."""
    chosen = opened.content("basic").get("values", {}).get("employer")
    employer = opened.organizations.get(str(chosen))
    is_municipal = bool(employer and employer["municipal"])
    return [one for one in opened.catalogue["tiers"] if not (is_municipal and one["skipped_for_municipal"])]


def card(opened: Opened, section: Json, entry: Json) -> Json:
    """An entry as a card."""
    told = placed(opened.catalogue, opened.profile["remarks"], opened.profile["sections"])
    return {
        "entry_id": entry["entry_id"],
        "etag": entry["etag"],
        "heading": heading(list(section["fields"]), entry["values"], opened.names),
        "facts": facts(opened, section, entry["values"]),
        "scans": scans_of(opened, section, entry["values"]),
        "remarks": [one for one in told if one["entry"] == entry["entry_id"] and not one["addressed"]],
        "missing": [m for m in opened.profile["completeness"]["missing"] if m.get("entry") == entry["entry_id"]],
    }


def facts(opened: Opened, section: Json, values: Json) -> list[Json]:
    """What an entry says, field by field; what is empty is left out."""
    told = [(field, shown(field, values.get(field["field"]), opened.names)) for field in section["fields"]]
    return [{"title": field["title"], "value": value, "is_long": field["type"] == "long_text"}
            for field, value in told if value is not None]  # fmt: skip


def scans_of(opened: Opened, section: Json, values: Json) -> list[Json]:
    """The scans of an entry, each with its field."""
    found: list[Json] = []
    for field in section["fields"]:
        value = values.get(field["field"]) if field["type"] in FILES else None
        found += [{**(opened.scan(one) or fresh(one)), "title": field["title"]} for one in ids_of(value)]
    return found
