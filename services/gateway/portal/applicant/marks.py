"""How far each section is, and the words of an entry's heading."""

from collections.abc import Mapping
from typing import Any, Literal

from services.gateway.portal.applicant.reading import Opened
from services.gateway.portal.applicant.remarks import placed
from services.gateway.portal.applicant.values import FILES, shown

Json = Mapping[str, Any]
State = Literal["fix", "doing", "todo", "optional", "none", "done"]
"""`none`: an optional section of which the applicant has said that there is nothing to declare."""
HEADINGS = 2


def marks(opened: Opened) -> list[dict[str, Any]]:
    """The task list: each section with its state, how many entries it has, and what is still to be done."""
    told = placed(opened.catalogue, opened.profile["remarks"], opened.profile["sections"])
    return [_mark(opened, section, told) for section in opened.catalogue["sections"]]


def _mark(opened: Opened, section: Json, told: list[dict[str, Any]]) -> dict[str, Any]:
    """One line of the task list."""
    slug = section["section"]
    content = opened.content(slug)
    entries = content.get("entries", ())
    missing = [one for one in opened.profile["completeness"]["missing"] if one["section"] == slug]
    remarks = [one for one in told if one["section"] == slug and not one["addressed"]]
    has_any = bool(entries or content.get("values"))
    is_required = bool(section["minimum"]) or not section["repeated"]
    state = _state(bool(remarks), bool(missing), has_any, is_required)
    return {
        "section": slug,
        "title": section["title"],
        "repeated": section["repeated"],
        "count": len(entries),
        "minimum": section["minimum"],
        "missing": missing,
        "remarks": remarks,
        "state": "none" if state == "optional" and slug in opened.profile.get("confirmed_none", ()) else state,
    }


def _state(is_remarked: bool, is_missing: bool, has_any: bool, is_required: bool) -> State:  # noqa: FBT001 - four facts of one section
    """What the mark says."""
    if is_remarked:
        return "fix"
    if is_missing:
        return "doing" if has_any else "todo"
    return "done" if has_any or is_required else "optional"


def heading(fields: list[Json], values: Json, employers: Mapping[str, str]) -> list[Any]:
    """The first words of an entry: what tells it from the next."""
    found = (shown(field, values.get(field["field"]), employers) for field in fields if _tells(field))
    return [words for words in found if words is not None][:HEADINGS]


def _tells(field: Json) -> bool:
    """Whether a field's value makes a good heading."""
    return field["type"] in {"text", "choice", "integer"} and field["type"] not in FILES
