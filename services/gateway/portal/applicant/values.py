"""Values between the catalogue and a page: what people read, what a field of a form holds, what a form sends."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.gateway.portal.visit import Filled
from shared.contracts.texts import _

Json = Mapping[str, Any]
FILES = frozenset({"photo", "scans"})
MONTHS = frozenset({"started_on", "ended_on", "service_started_on", "service_ends_on", "joined_work_on"})
"""Dates that people know by the month; one of the first day is shown as its month (domain.md, fields)."""
YES, NO = _("是"), _("否")
PURPOSES = {"photo": "photo", "id_scan": "id_scan"}


def purpose_of(field: Json) -> str:
    """What a scan of that field is for, in the words of `POST /scans`."""
    return PURPOSES.get(str(field["field"]), "proof")


def shown(field: Json, value: Any, employers: Mapping[str, str]) -> Any:  # noqa: ANN401 - text, or a text in two languages
    """A value as people read it; None where there is none. Scans are shown by themselves."""
    if value in (None, "", []) or field["type"] in FILES:
        return None
    if field["type"] == "choice":
        return next((one["title"] for one in field["choices"] if one["value"] == value), value)
    if field["type"] == "boolean":
        return YES if value else NO
    if field["type"] == "organization":
        return employers.get(str(value), _("已选择的单位"))
    return _typed(field, value)


def typed(field: Json, value: Any) -> str:  # noqa: ANN401 - JSON
    """A value as its input holds it."""
    return "" if value is None else _typed(field, value)


def differs(field: Json, old: Any, new: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether what was typed is other than what stands; a month typed as it is shown is the same date."""
    if field["type"] in FILES or field["type"] == "boolean":
        return (old or None) != (new or None)
    return typed(field, old) != (new or "")


def _typed(field: Json, value: Any) -> str:  # noqa: ANN401 - JSON
    """A date that is a month as its month; anything else as it stands."""
    text = str(value)
    return text[:7] if field["field"] in MONTHS and text.endswith("-01") else text


def sent(fields: Sequence[Json], form: Filled) -> dict[str, Any]:
    """The values that a form sent, for the API; what is empty is left out, so that it is emptied."""
    values = {field["field"]: _read(field, form) for field in fields}
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _read(field: Json, form: Filled) -> Any:  # noqa: ANN401 - JSON
    """One field of a form."""
    name = str(field["field"])
    if field["type"] == "scans":
        return list(dict.fromkeys(one for one in form.all(name) if one))
    if field["type"] == "boolean":
        return True if form.get(name) else None
    return form.get(name, "").strip() or None
