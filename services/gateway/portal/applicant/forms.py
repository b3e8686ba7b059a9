"""The form of a section or an entry as it came: its fields, its files taken in as scans before anything is judged."""

from collections.abc import Sequence
from typing import Any

from services.gateway.actions.ask import Reply
from services.gateway.portal.applicant.values import FILES, Json, purpose_of, sent
from services.gateway.portal.uploads import Uploaded, packed
from services.gateway.portal.visit import Visit

UPLOAD = "upload."
"""Before the name of a field: files chosen without scripts, which come with the form."""
ACCEPTED = 202


async def values_of(visit: Visit, form: Uploaded, fields: Sequence[Json]) -> tuple[dict[str, Any], list[Json]]:
    """The values of a form, and what is wrong with files that came with it.

    A file becomes a scan of its own at once: whatever else is wrong with the form, it is not sent twice.
    """
    values = sent(fields, form.fields)
    faults: list[Json] = []
    for field in fields:
        if field["type"] not in FILES:
            continue
        name = field["field"]
        for file in form.files.get(f"{UPLOAD}{name}", ()):
            reply = await visit.ask("profile", "POST", "/scans", packed(file, {"purpose": purpose_of(field)}))
            if reply.status != ACCEPTED:
                faults.append({"field": name, "message": _why(reply, file.name)})
            elif field["type"] == "photo":
                values[name] = reply.content["scan_id"]
            else:
                values[name] = [*values.get(name, []), reply.content["scan_id"]]
    return values, faults


def _why(reply: Reply, name: str) -> str:
    """Why a file was not taken, with its name, so that nobody must guess which."""
    problem = reply.content or {}
    errors = problem.get("errors") or [{}]
    return f"{name[:60]}: {errors[0].get('message') or problem.get('detail', '')}"
