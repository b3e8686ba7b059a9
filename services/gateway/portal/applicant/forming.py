"""A form as its page shows it: what its inputs hold, what is wrong there, and what reviewers remarked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.gateway.portal.applicant.reading import Opened
from services.gateway.portal.applicant.remarks import ids_of, placed
from services.gateway.portal.applicant.values import FILES, differs, purpose_of, shown, typed

Json = Mapping[str, Any]
NEW = "new"
PREFILLED: Mapping[str, Mapping[str, str]] = {"research_directions": {"direction": "research_direction"}}
"""Fields of a section's first entry that begin with what the registration gave (domain.md, registration)."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form came back with."""

    values: Json | None = None
    faults: Sequence[Json] = ()
    etag: str | None = None
    conflict: Json | None = None
    """What somebody else saved meanwhile: a section or an entry."""
    picking: str | None = None
    """The field for which one of the scans that are there already is chosen."""


BLANK = Typed()
BRIEF = frozenset({"date", "integer", "decimal"})
LABEL = 6
"""Characters of a label that fit beside another one."""


def form(opened: Opened, section: Json, editing: str | None, came: Typed = BLANK, prefix: str = "") -> Json:
    """The form of a single section (`editing` None), of a new entry, or of an entry.

    `prefix` stands before the names of its inputs, where several forms share a page.
    """
    slug = section["section"]
    content = opened.content(slug)
    saved = _saved(content, editing)
    held = came.values if came.values is not None else saved.get("values", _beginning(opened, content, slug))
    remarks = _remarks(opened, slug, editing)
    return {
        "key": slug if editing is None else f"{slug}--{editing}",
        "entry_id": editing,
        "prefix": prefix,
        "etag": saved.get("etag", "") if came.etag is None else came.etag,
        "fields": paired(
            [
                form_field(opened, one, held, came.faults, prefix=prefix, remarks=remarks, picking=came.picking)
                for one in section["fields"]
            ]
        ),
        "remarks": [one for one in remarks if not one["field"]],
        "faults": came.faults,
        "conflict": _differences(opened, section, came.conflict, came.values or {}) if came.conflict else None,
        "action": f"{opened.address}/sections/{slug}" + (f"/entries/{editing}" if editing else ""),
    }


def _saved(content: Json, editing: str | None) -> Json:
    """What is saved of what the form shows."""
    if editing is None:
        return content
    return next((one for one in content["entries"] if one["entry_id"] == editing), {})


def _beginning(opened: Opened, content: Json, slug: str) -> Json:
    """What a new entry begins with: of the first one, what the registration said."""
    given = opened.profile.get("registration") or {}
    wanted = {} if content.get("entries") else PREFILLED.get(slug, {})
    return {name: given[source] for name, source in wanted.items() if source in given}


def _remarks(opened: Opened, slug: str, editing: str | None) -> list[dict[str, Any]]:
    """What was remarked on what the form shows, and is not corrected yet."""
    told = placed(opened.catalogue, opened.profile["remarks"], opened.profile["sections"])
    return [one for one in told if (one["section"], one["entry"]) == (slug, editing) and not one["addressed"]]


def form_field(
    opened: Opened,
    field: Json,
    values: Json,
    faults: Sequence[Json],
    *,
    prefix: str = "",
    remarks: Sequence[Json] = (),
    picking: str | None = None,
) -> dict[str, Any]:
    """A field with what its input holds, what is wrong with it, and what was remarked on it."""
    value = values.get(field["field"])
    is_file = field["type"] in FILES
    named = ids_of(value) if is_file else []
    return {
        **field,
        "name": prefix + field["field"],
        "value": value if field["type"] == "boolean" else "" if is_file else typed(field, value),
        "scans": [opened.scan(one) or fresh(one) for one in named],
        "choosable": choosable(field, opened.also.get("scans"), named) if picking == field["field"] else None,
        "is_short": False,
        "wrong": next((fault["message"] for fault in faults if fault.get("field") == field["field"]), ""),
        "remarks": [one for one in remarks if one["field"] == field["field"]],
    }


def paired(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The fields, of which two short ones in a row share a column: a date of beginning beside that of the end."""
    at = 0
    while at + 1 < len(fields):
        if _is_brief(fields[at]) and _is_brief(fields[at + 1]):
            fields[at]["is_short"] = fields[at + 1]["is_short"] = True
            at += 1
        at += 1
    return fields


def _is_brief(field: Json) -> bool:
    """Whether a field fits into half a column, its label too."""
    title = field["title"]["zh"] if isinstance(field["title"], Mapping) else str(field["title"])
    return field["type"] in BRIEF and len(title) <= LABEL and not field["remarks"] and not field["wrong"]


def choosable(field: Json, listed: Json | None, named: Sequence[str]) -> list[Json]:
    """One's scans that a field may name besides those that it names."""
    purpose = purpose_of(field)
    return [
        {**one, "attention": sum(check["outcome"] == "attention" for check in one["checks"])}
        for one in (listed or {}).get("items", ())
        if one["purpose"] == purpose and one["status"] != "rejected" and one["scan_id"] not in named
    ]


def fresh(scan_id: str) -> Json:
    """A scan that the saved profile does not name yet."""
    return {"scan_id": scan_id, "status": "received", "checks": [], "pages": 0, "reason": None, "attention": 0}


def _differences(opened: Opened, section: Json, saved: Json, typed_in: Json) -> list[Json]:
    """Where what was typed and what somebody saved meanwhile differ, both as people read them."""
    rows: list[Json] = []
    for field in section["fields"]:
        ours, theirs = typed_in.get(field["field"]), saved["values"].get(field["field"])
        if not differs(field, theirs, ours):
            continue
        sides = {"ours": ours, "theirs": theirs}
        told = {
            side: len(ids_of(it)) if field["type"] in FILES else shown(field, it, opened.names)
            for side, it in sides.items()
        }
        rows.append({"title": field["title"], "is_file": field["type"] in FILES, **told})
    return rows
