"""A dossier as the desk draws it: sections with facts and what changed beside them, scans with checks, worst first."""

from collections.abc import Iterable, Sequence
from typing import Any

from services.gateway.portal.answers import Json
from services.gateway.portal.applicant.reading import names_of
from services.gateway.portal.applicant.values import FILES, shown

ORDER = {"rejected": 0, "attention": 1, "passed": 2}
HEADING = 2
"""How many short values of an entry make its heading."""


def worst(checks: Iterable[Json]) -> list[Json]:
    """Checks, the worst first."""
    return sorted(checks, key=lambda check: ORDER.get(check["outcome"], 1))


def scans_of(case: Json, programme: Json) -> list[dict[str, Any]]:
    """The scans, those that need a look first; each knows its section's and field's title and its checks by page."""
    titles = {(s["section"], f["field"]): f["title"] for s in programme.get("sections", ()) for f in s["fields"]}
    sections = {s["section"]: s["title"] for s in programme.get("sections", ())}
    found = [
        {
            **scan,
            "section_title": sections.get(scan.get("section"), scan.get("section") or ""),
            "title": titles.get((scan.get("section"), scan.get("field")), scan.get("field") or ""),
            "checks": worst(scan.get("checks") or ()),
            "pages": int(scan.get("pages") or 1),
        }
        for scan in case.get("scans", ())
    ]
    found.sort(key=lambda scan: min((ORDER.get(c["outcome"], 1) for c in scan["checks"]), default=2))
    return [{**scan, **_judged(scan["checks"]), "number": number} for number, scan in enumerate(found, 1)]


def _judged(checks: Sequence[Json]) -> dict[str, Any]:
    """Checks, the worst first, apart: those that ask for a look, those that passed, and the worst outcome."""
    doubts = [check for check in checks if check["outcome"] != "passed"]
    passed = [check for check in checks if check["outcome"] == "passed"]
    return {"doubts": doubts, "passed": passed, "worst": doubts[0]["outcome"] if doubts else "passed"}


def sections_of(case: Json, programme: Json, scans: Sequence[Json]) -> list[dict[str, Any]]:
    """The sections of the snapshot in the programme's order, each a list of blocks: one, or one for each entry."""
    declared = {one["section"]: one for one in programme.get("sections", ())}
    changes = case.get("changed_since_last_seen") or ()
    found = []
    for content in case.get("snapshot", {}).get("sections", ()):
        slug = content["section"]
        section = declared.get(slug) or {"section": slug, "title": slug, "fields": []}
        own = [change for change in changes if change["section"] == slug]
        blocks = [_block(case, section, entry, own, scans) for entry in _entries(content)]
        blocks += [_removed(case, section, change, scans) for change in own if _is_whole(change, "removed")]
        found.append(
            {
                "section": slug,
                "title": section["title"],
                "short": _short(section["title"]),
                "blocks": blocks,
                "changes": len(own),
                "attention": sum(block["attention"] for block in blocks),
            }
        )
    return found


def _short(title: Json | str) -> Json | str:
    """A section's title as a tab shows it: every other one ends in the same word, which says nothing there."""
    return title if isinstance(title, str) else {**title, "zh": title["zh"].removesuffix("情况")}


def _entries(content: Json) -> list[Json]:
    """The entries of a section; a single one counts as one without id."""
    if "entries" in content:
        return list(content["entries"])
    return [{"entry_id": None, "values": content.get("values") or {}}]


def _is_whole(change: Json, kind: str) -> bool:
    """Whether a change is of a whole entry."""
    return change["kind"] == kind and not change.get("field")


def _block(case: Json, section: Json, entry: Json, changes: Sequence[Json], scans: Sequence[Json]) -> dict[str, Any]:
    """One entry: its heading, its facts with what they were before, its scans and their checks."""
    entry_id, values = entry.get("entry_id"), entry["values"]
    own = [change for change in changes if change.get("entry_id") == entry_id]
    before = {change["field"]: change for change in own if change.get("field")}
    papers = [s for s in scans if s.get("section") == section["section"] and s.get("entry_id") == entry_id]
    facts = [_fact(case, field, values, before, papers) for field in section["fields"]]
    kept = [fact for fact in facts if fact is not None]
    return {
        "entry_id": entry_id or "",
        "section": section["section"],
        "kind": "added" if any(_is_whole(change, "added") for change in own) else "changed" if own else "",
        "heading": [f["value"] for f in kept if f["value"] and f["type"] in {"text", "choice"}][:HEADING],
        "facts": kept,
        "scans": papers,
        "attention": sum(len(scan["doubts"]) for scan in papers),
    }


def _removed(case: Json, section: Json, change: Json, scans: Sequence[Json]) -> dict[str, Any]:
    """An entry that is there no more, as it was."""
    entry = {"entry_id": change.get("entry_id"), "values": change.get("old") or {}}
    return {**_block(case, section, entry, (), scans), "kind": "removed", "scans": [], "attention": 0}


def _fact(case: Json, field: Json, values: Json, before: Json, papers: Sequence[Json]) -> dict[str, Any] | None:
    """A field with its value; None where it is empty and always was."""
    slug, change = field["field"], before.get(field["field"])
    names = names_of(case)
    own = [scan for scan in papers if scan.get("field") == slug]
    value = shown(field, values.get(slug), names)
    if value is None and not own and change is None:
        return None
    old = change.get("old") if change else None
    return {
        "field": slug,
        "title": field["title"],
        "type": field["type"],
        "value": value,
        "scans": own,
        "is_changed": change is not None,
        "old": shown(field, old, names) if field["type"] not in FILES else None,
        "old_scans": _gone(old, values.get(slug)) if field["type"] in FILES else 0,
        **_judged([check for scan in own for check in scan["checks"]]),
    }


def _gone(old: Any, new: Any) -> int:  # noqa: ANN401 - a scan, several, or none
    """How many scans are there no more."""
    before, now = ([one] if isinstance(one, str) else list(one or ()) for one in (old, new))
    return len(set(before) - set(now))
